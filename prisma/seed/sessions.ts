import { type Figures, today, type World } from './ground';

/** A few ended sessions of people seen lately. Their hashes belong to no cookie. */
export async function makeSessions(world: World): Promise<Figures> {
  const { chance, run } = world;
  const sessions = await run(`
    INSERT INTO session (id, token_hash, user_id, created_at, last_seen_at, expires_at, ip, user_agent, ended_at, ended_as)
    SELECT ${world.id('seen', 'n', 'session')},
           ${world.bytes('n', 'session token')} || ${world.bytes('n', 'session token, second half')}, id, seen,
           seen + stay, seen + interval '24 hours', '203.0.113.' || n % 250,
           (ARRAY['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
                  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
                  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'])[1 + n % 3],
           seen + stay, 'signed_out'
      FROM (SELECT *, ${chance('n', 'stay')} * interval '3 hours' AS stay FROM seed_person) p
     WHERE seen > ${today} - interval '14 days' AND ${chance('n', 'session')} < 0.1`);
  return { sessions };
}
