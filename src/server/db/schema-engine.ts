import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;
type EngineModule = typeof engine & { __wbg_set_wasm(wasm: unknown): void; SchemaEngine: typeof SchemaEngine };

let loaded: Promise<EngineModule> | undefined;

/** From npm: Prisma's other engine comes from a host that many networks block. `shadowUrl` is an empty database. */
export async function withSchemaEngine<T>(
  urls: { url: string; shadowUrl?: string },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  const module = await loaded;
  const pools: pg.Pool[] = [];
  const connect = async (url: string): Promise<Adapter> => {
    const pool = new pg.Pool({ connectionString: url });
    // The failing statement reports a lost server, so the idle connection need not.
    pool.on('error', () => undefined);
    pools.push(pool);
    return readingCatalogLetters(runningWholeScripts(await new PrismaPg(pool).connect(), pool));
  };
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(urls.url),
    connectToShadowDb: () => {
      if (!urls.shadowUrl) throw new Error('no shadow database was named');
      return connect(urls.shadowUrl);
    },
  });
  const running = await module.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
  try {
    return await use(running);
  } finally {
    running.free();
    await Promise.all(pools.map((pool) => pool.end()));
  }
}

async function load(): Promise<EngineModule> {
  const module = engine as unknown as EngineModule;
  // The engine reports a panic here; without it a panic reads "cannot read properties of undefined".
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (words: string) => {
        throw new Error(words);
      },
    },
  });
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(file.replace(/\.js$/, '.wasm'));
  const imports = { './schema_engine_bg.js': Object.fromEntries(Object.entries(engine).map(unrefTimer)) };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  module.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return module;
}

/** The engine waits ten seconds for its lock and never clears that timer, which must not keep the process alive. */
function unrefTimer([name, value]: [string, unknown]): [string, WebAssembly.ImportValue] {
  if (!name.startsWith('__wbg_setTimeout_')) return [name, value as WebAssembly.ImportValue];
  return [name, (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref()];
}

// The adapter splits a script at every semicolon, even inside a function. Sent whole, it also runs as one transaction,
// so a failed migration leaves nothing behind.
function runningWholeScripts(adapter: Adapter, pool: pg.Pool): Adapter {
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      throw new DriverAdapterError({
        kind: 'postgres',
        code: error.code ?? 'XX000',
        severity: error.severity ?? 'ERROR',
        message: `${error.message}${lineOf(script, error.position)}`,
        detail: error.detail,
        column: error.column,
        hint: error.hint,
      });
    }
  };
  return adapter;
}

// The adapter refuses the catalog's type "char", which the engine reads for constraints and foreign keys. So the query
// asks for text, and the result is labelled as the engine expects it.
function readingCatalogLetters(adapter: Adapter): Adapter {
  const columns = /\b(constr\.contype(?= AS)|con\.confdeltype(?=,)|con\.confupdtype(?=,))/g;
  const names = ['constraint_type', 'confdeltype', 'confupdtype'];
  const read = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const sql = query.sql.replace(columns, '$1::text');
    const result = await read({ ...query, sql });
    if (sql === query.sql) return result;
    const label = (type: (typeof result.columnTypes)[number], index: number) =>
      names.includes(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type;
    return { ...result, columnTypes: result.columnTypes.map(label) };
  };
  return adapter;
}

function lineOf(script: string, position: string | undefined): string {
  if (!position) return '';
  return ` (line ${script.slice(0, Number(position)).split('\n').length})`;
}
