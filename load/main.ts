import { z } from 'zod';
import { machine } from '../bench/figures.js';
import { buildWhenChanged } from '../local/build.js';
import { optionsOrExit } from '../local/command-options.js';
import { type Product, startProduct } from '../local/testing/product.js';
import { createTestUser, type TestUser } from '../local/testing/test-user.js';
import { waitFor } from '../local/testing/wait-for.js';
import { say } from '../observability/standard-output.js';
import { Measurements } from './measurements.js';
import { boards, live } from './person.js';
import { watchUsage } from './process-usage.js';
import { report } from './report.js';

/** `npm run load`: simulated people use the site for some minutes, all on this machine; then the figures. */
const number = (least: number, most: number) => z.coerce.number().min(least).max(most);
const choices = z.object({
  people: number(1, 2_000).int().default(100),
  minutes: number(0.1, 60).default(5),
  /** How long a person looks at something on average, in seconds. */
  think: number(0, 600).default(5),
  /** The same seed plans the same searches; how they meet is the machine's. */
  seed: number(0, 2 ** 20)
    .int()
    .default(1),
});
const { people, minutes, think, seed } = optionsOrExit(choices);

/** All people come from one address here, which as many as come from one place in earnest do not. */
const settings = {
  SIGN_INS_PER_MINUTE: '1000000',
  MANUAL_RUNS_PER_HOUR: '10000',
  SERVICE_SCHEDULES: 'off',
  // As real boards allow it; sample ones are stale after two minutes, so that a person sees them being read.
  SAMPLE_FRESH_SECONDS: '3600',
};

/** One search over all boards, to its end. */
async function readEveryBoard({ apiUrl }: Product, { accessToken }: TestUser): Promise<void> {
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${apiUrl}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { run } = (await ask('/runs', { parameters: { title: 'engineer', boards } })) as {
    run: { id: string };
  };
  await waitFor(async () => ((await ask(`/runs/${run.id}`)) as { completedAt: string | null }).completedAt, {
    what: 'every board to be read once',
    timeoutMs: 600_000,
    intervalMs: 2_000,
  });
}

await buildWhenChanged();
const product = await startProduct(settings);
try {
  const users = [];
  for (let user = 0; user < people; user += 1)
    users.push(await createTestUser(product.supabaseUrl, product.anonKey));
  // As when the schedules have run: nobody's search is the first ever.
  await readEveryBoard(product, users[0] as TestUser);
  say(`The product runs. ${people} people use it for ${minutes} minutes, seed ${seed}.`);

  const measured = new Measurements();
  const usage = watchUsage(product);
  const begun = Date.now();
  const until = begun + minutes * 60_000;
  await Promise.all(
    users.map((user, number) =>
      live(user, { siteUrl: product.siteUrl, seed, number, thinkMs: think * 1_000, until }, measured),
    ),
  );
  const seconds = (Date.now() - begun) / 1_000;
  say(machine());
  report(
    measured,
    usage.stop(),
    { people, seconds, ownCpuSeconds: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 },
    say,
  );
  process.exitCode = measured.errors().length === 0 ? 0 : 1;
} finally {
  await product.stop();
}
