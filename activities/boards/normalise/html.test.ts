import { description, unescapeHtml } from './html.js';

const html = (text: string) => description(text).descriptionHtml;
const text = (given: string) => description(given).descriptionText;

test.each([
  ['scripts', '<p>a</p><script>alert(1)</script>', '<p>a</p>'],
  ['styles', '<style>p{}</style><p style="position:fixed" class="x" id="y">a</p>', '<p>a</p>'],
  ['handlers', '<p onclick="alert(1)">a<img src=x onerror=alert(1)></p>', '<p>a</p>'],
  ['frames', '<iframe src="https://evil.example"></iframe>a', 'a'],
  ['forms', '<form action="https://evil.example"><input name="a"><button>Go</button></form>', 'Go'],
  [
    'vector images',
    '<svg onload="alert(1)"><a href="javascript:alert(1)">a</a></svg>',
    expect.not.stringContaining('javascript'),
  ],
  ['comments', '<!-- secret --><p>a</p>', '<p>a</p>'],
])('%s do not pass', (_what, given, expected) => expect(html(given)).toEqual(expected));

test.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\u0000script:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.example',
  'mailto:jane@example.com',
])('a link to %s leads nowhere', (href) => expect(html(`<a href="${href}">a</a>`)).not.toMatch(/href/));

test('links give nothing away', () => {
  expect(html('<a href="https://fox.example/?a=1&amp;b=2" rel="follow" target="_top">a</a>')).toBe(
    '<a href="https://fox.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow ugc" target="_blank">a</a>',
  );
});

test('e-mail addresses are not kept', () => {
  expect(html('<p>Ask <a href="mailto:jane@example.com">jane@example.com</a></p>')).not.toContain('@');
});

test('is also plain text, one block a line', () => {
  expect(
    text('<h2>Who&nbsp;we are</h2><p>A &amp; B &lt;3<br>C</p><ul><li>one</li><li><p>two</p></li></ul>'),
  ).toBe('Who we are\nA & B <3\nC\n- one\n- two');
});

test('escaped HTML is decoded once, other HTML is left alone', () => {
  expect(unescapeHtml('&lt;p&gt;R&amp;amp;D &amp;lt;3&lt;/p&gt;')).toBe('<p>R&amp;D &lt;3</p>');
  expect(unescapeHtml('<p>if a &lt;b</p>')).toBe('<p>if a &lt;b</p>');
  expect(unescapeHtml('Fish &amp; chips')).toBe('Fish &amp; chips');
});

test('a script that was escaped does not pass either', () => {
  expect(html(unescapeHtml('&lt;p&gt;a&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;'))).toBe('<p>a</p>');
});

test('text that speaks of tags stays text', () => {
  expect(html('<p>Use the &lt;script&gt; tag</p>')).toBe('<p>Use the &lt;script&gt; tag</p>');
  expect(text('<p>Use the &lt;script&gt; tag</p>')).toBe('Use the <script> tag');
});

test.each([
  ['in many blocks', '<ul><li><p>0123456789</p></li></ul>'.repeat(8_000)],
  ['in one block', `<p>${'0123456789 '.repeat(20_000)}</p>`],
  ['in deep nesting', `${'<blockquote>'.repeat(15_000)}deep`],
  ['of surrogate pairs', `<p>${'😀'.repeat(90_000)}</p>`],
])('what is too long %s is cut and well-formed', (_what, given) => {
  const { descriptionHtml, descriptionText } = description(given);
  expect(descriptionHtml.length).toBeLessThanOrEqual(100_000);
  expect(descriptionText.length).toBeLessThanOrEqual(60_000);
  // Sanitising closes every tag and escapes every bracket: what it leaves as it is was well-formed.
  expect(description(descriptionHtml).descriptionHtml).toBe(descriptionHtml);
  expect(descriptionHtml).not.toMatch(/\p{Surrogate}/u);
});
