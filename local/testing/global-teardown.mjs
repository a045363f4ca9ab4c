export default async function globalTeardown() {
  await globalThis.stfTestServer?.stop();
}
