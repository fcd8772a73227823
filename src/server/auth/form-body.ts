const maxBytes = 16 * 1024;

/** Empty for any other body, no value for a repeated field: refused like a wrong password, in the same time. */
export async function readFormBody(request: Request): Promise<Map<string, string>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const fields = new Map<string, string>();
  if (type !== 'application/x-www-form-urlencoded' || !request.body) return fields;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) return fields;
      chunks.push(chunk);
    }
  } catch {
    return fields;
  }
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8'))) {
    if (seen.has(name)) fields.delete(name);
    else fields.set(name, value);
    seen.add(name);
  }
  return fields;
}
