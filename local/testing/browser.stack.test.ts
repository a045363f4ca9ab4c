import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser } from './browser.js';

test('a browser opens a page of this machine', async () => {
  const server = createServer((_request, response) => response.end('<title>a page</title><h1>Hello</h1>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await page.getByRole('heading').textContent()).toBe('Hello');
  } finally {
    await browser.close();
    server.close();
  }
});
