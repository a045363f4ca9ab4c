import { startTestStack, type TestStack, type TestUser } from '../testing/stack.js';
import { testClient } from '../testing/test-user.js';

describe.each(['auto', 'lite'] as const)('the local Supabase (data served by: %s)', (restServer) => {
  let stack: TestStack;
  let ada: TestUser;
  let bob: TestUser;

  beforeAll(async () => {
    stack = await startTestStack({ restServer, accessTokenSeconds: 600 });
    await stack.sql.unsafe(`
      create table public.notes (
        id bigint generated always as identity primary key,
        owner uuid not null default auth.uid() references auth.users (id) on delete cascade,
        body text not null
      );
      alter table public.notes enable row level security;
      grant select, insert, update, delete on public.notes to authenticated, service_role;
      create policy own on public.notes for all to authenticated
        using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
      create table public.closed (id integer primary key);
      alter table public.closed enable row level security;
      create function public.who_am_i() returns jsonb language sql stable
        return jsonb_build_object('id', auth.uid(), 'role', auth.role());
      create function public.refuse() returns void language plpgsql as
        $$ begin raise exception 'not like this' using errcode = 'P0001'; end $$;
      grant execute on function public.who_am_i(), public.refuse() to authenticated;
      notify pgrst, 'reload schema';
    `);
    ada = await stack.createUser();
    bob = await stack.createUser();
    await waitUntilSchemaIsRead(stack);
  });
  afterAll(() => stack?.stop());

  test('signs in, refreshes, and names the person', async () => {
    const client = testClient(stack.supabaseUrl, stack.anonKey);
    const signedIn = await client.auth.signInWithPassword({ email: ada.email, password: ada.password });
    expect(signedIn.error).toBeNull();
    expect(signedIn.data.session?.expires_in).toBe(600);
    const refreshed = await client.auth.refreshSession();
    expect(refreshed.error).toBeNull();
    expect(refreshed.data.session?.refresh_token).not.toBe(signedIn.data.session?.refresh_token);
    expect((await client.auth.getUser()).data.user).toMatchObject({ id: ada.id, email: ada.email });
  });

  test('refuses a wrong password and an address that is taken', async () => {
    const client = testClient(stack.supabaseUrl, stack.anonKey);
    const wrong = await client.auth.signInWithPassword({ email: ada.email, password: 'something else' });
    expect(wrong.error?.code).toBe('invalid_credentials');
    const taken = await client.auth.signUp({ email: ada.email, password: 'something else' });
    expect(taken.error?.code).toBe('user_already_exists');
  });

  test('people see and change their own rows alone', async () => {
    const written = await ada.client.from('notes').insert({ body: "Ada's" }).select().single();
    expect(written.data).toMatchObject({ owner: ada.id, body: "Ada's" });
    expect((await ada.client.from('notes').select()).data).toHaveLength(1);
    expect((await bob.client.from('notes').select()).data).toEqual([]);
    expect(
      (await bob.client.from('notes').update({ body: 'mine' }).eq('owner', ada.id).select()).data,
    ).toEqual([]);
    const forged = await bob.client.from('notes').insert({ body: 'forged', owner: ada.id });
    expect(forged.error?.code).toBe('42501');
  });

  test('whoever is not signed in reads nothing', async () => {
    const anonymous = testClient(stack.supabaseUrl, stack.anonKey);
    expect((await anonymous.from('closed').select()).data ?? []).toEqual([]);
    for (const table of ['notes', 'search_runs', 'postings']) {
      const read = await anonymous.from(table).select();
      expect([table, read.error?.code]).toEqual([table, '42501']);
    }
    expect((await ada.client.from('closed').select()).error?.code).toBe('42501');
  });

  test('the service key passes row level security', async () => {
    const service = testClient(stack.supabaseUrl, stack.serviceRoleKey);
    const { data, error } = await service.from('notes').select();
    expect(error).toBeNull();
    expect(data).toHaveLength(1);
  });

  test('functions know the caller', async () => {
    expect((await ada.client.rpc('who_am_i')).data).toEqual({ id: ada.id, role: 'authenticated' });
  });

  test('without a key nothing is served', async () => {
    for (const path of ['/rest/v1/notes', '/auth/v1/user']) {
      const response = await fetch(stack.supabaseUrl + path, {
        headers: { authorization: `Bearer ${ada.accessToken}` },
      });
      expect(response.status).toBe(401);
    }
  });

  if (restServer === 'auto') {
    test('an exception raised in a function is a client error with its code', async () => {
      const { error, status } = await ada.client.rpc('refuse');
      expect(status).toBe(400);
      expect(error).toMatchObject({ code: 'P0001', message: 'not like this' });
    });
  }
});

test('run_listener hears notifications and reads no table', async () => {
  const stack = await startTestStack({ supabase: false });
  const { default: postgres } = await import('postgres');
  const listener = postgres(stack.listenerUrl, { max: 1 });
  try {
    const heard = new Promise((resolve) => {
      listener.listen('a_channel', resolve).then(() => stack.sql.notify('a_channel', 'hello'));
    });
    await expect(heard).resolves.toBe('hello');
    await expect(listener`select * from public.search_runs`).rejects.toMatchObject({ code: '42501' });
  } finally {
    await listener.end({ timeout: 1 });
    await stack.stop();
  }
});

/** PostgREST reads a changed schema a moment after it is told to. */
async function waitUntilSchemaIsRead(stack: TestStack): Promise<void> {
  const { waitFor } = await import('../testing/wait-for.js');
  const service = testClient(stack.supabaseUrl, stack.serviceRoleKey);
  await waitFor(async () => (await service.from('notes').select()).error === null, {
    what: 'the schema cache',
  });
}
