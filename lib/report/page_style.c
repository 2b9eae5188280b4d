/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the page looks. Contrast of every text to its ground is at least 4.5 to 1, in both schemes. Marks differ by
 * sign, border and word before they differ by colour. No selector uses a character that XML would want escaped.
 */
#include "report/page_parts.h"

static const char palette[] =
    ":root{color-scheme:light dark;--ground:#fff;--raised:#f5f7f9;--line:#d3d9df;--strong:#6b7680;--text:#1a2027;"
    "--quiet:#55606b;--link:#0a57a8;--grave:#a1122a;--warn:#8a4600;--calm:#1f6b3a;--grave-ground:#fdeff1;"
    "--warn-ground:#fdf4e7;--calm-ground:#edf7f0;--note-ground:#eef4fb;--added:#e6f4ea;--removed:#fcebed}"
    "@media(prefers-color-scheme:dark){:root{--ground:#11161b;--raised:#1a2128;--line:#36414b;--strong:#8a96a1;"
    "--text:#e4e9ee;--quiet:#a5b0ba;--link:#7db8f5;--grave:#ff9aa8;--warn:#f3b664;--calm:#7fd19b;"
    "--grave-ground:#361a20;--warn-ground:#33270f;--calm-ground:#152b1d;--note-ground:#17263a;--added:#16301f;"
    "--removed:#3a1c22}}";

static const char basics[] =
    "*{box-sizing:border-box}"
    "html{font:16px/1.55 system-ui,-apple-system,\"Segoe UI\",Roboto,\"DejaVu Sans\",sans-serif;"
    "-webkit-text-size-adjust:100%;background:var(--ground);color:var(--text)}"
    "body{margin:0 auto;max-width:68rem;padding:2.5rem 1.5rem 4rem;overflow-wrap:anywhere}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.01em}"
    "h2{font-size:1.35rem;line-height:1.3;margin:3rem 0 .8rem;padding-top:1.1rem;border-top:2px solid var(--line)}"
    "h3{font-size:1.08rem;line-height:1.35;margin:2rem 0 .5rem}"
    "h4{font-size:.95rem;margin:1.3rem 0 .35rem}"
    "p,ul,ol,dl,table,figure{margin:0 0 .9rem}ul,ol{padding-left:1.4rem}li{margin:.2rem 0}"
    "a{color:var(--link);text-underline-offset:.15em}"
    "code,.m{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace}"
    ".q{color:var(--quiet)}.small{font-size:.88rem}"
    ".lead{font-size:1.18rem;line-height:1.5;margin:1.2rem 0;padding:1rem 1.2rem;border-left:.45rem solid "
    "var(--strong);background:var(--raised)}"
    ".lead.g{border-color:var(--grave);background:var(--grave-ground)}"
    ".lead.w{border-color:var(--warn);background:var(--warn-ground)}"
    ".lead.k{border-color:var(--calm);background:var(--calm-ground)}"
    ".note{padding:.7rem 1rem;border-left:.3rem solid var(--strong);background:var(--note-ground)}"
    "nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.93rem}"
    "dl.f{display:grid;grid-template-columns:minmax(7.5rem,max-content) 1fr;gap:.25rem 1.2rem}"
    "dl.f dt{color:var(--quiet)}dl.f dd{margin:0;min-width:0}"
    "b.c{font-weight:600;color:var(--warn)}"
    "b.s{font:600 .82em/1.3 system-ui,sans-serif;border:1px solid var(--strong);border-radius:.2rem;padding:0 .3rem;"
    "color:var(--quiet);background:var(--raised)}"
    "i.cut{color:var(--quiet)}";

static const char tables[] =
    ".scroll{overflow-x:auto;margin:0 0 .9rem}"
    ".scroll:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}"
    "table{border-collapse:collapse;width:100%;margin:0;font-size:.92rem}"
    "th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid var(--line)}"
    "th:first-child,td:first-child{padding-left:0}"
    "thead th{font-weight:600;color:var(--quiet);border-bottom:2px solid var(--strong);white-space:nowrap}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.t{white-space:nowrap}"
    "td .q{display:block;font-size:.86rem}table.wide{min-width:52rem}table.mid{min-width:38rem}"
    "td,th{overflow-wrap:break-word}td.d{overflow-wrap:anywhere;min-width:9rem}td.say{width:55%}"
    ".chip{display:inline-block;white-space:nowrap;font-size:.86rem;font-weight:600;line-height:1.3;padding:.1rem .5rem;"
    "border:1.5px solid var(--strong);border-radius:1rem;color:var(--text);background:var(--ground)}"
    ".chip.g{border-color:var(--grave);color:var(--grave);background:var(--grave-ground)}"
    ".chip.w{border-color:var(--warn);color:var(--warn);background:var(--warn-ground)}"
    ".chip.k{border-color:var(--calm);color:var(--calm);background:var(--calm-ground)}"
    ".chip.u{border-style:dashed;color:var(--quiet)}";

static const char pictures[] =
    "figure{margin:0 0 1.2rem}figcaption{font-size:.88rem;color:var(--quiet);margin-top:.4rem}"
    "svg{display:block;width:100%;min-width:56rem;height:auto;font:12px system-ui,-apple-system,\"Segoe UI\",Roboto,"
    "\"DejaVu Sans\",sans-serif}"
    "svg text{fill:var(--text)}svg .q{fill:var(--quiet)}svg .h{font-weight:600}"
    "svg .axis{stroke:var(--strong);fill:none}svg .grid{stroke:var(--line);fill:none}"
    "svg .band{fill:var(--raised)}svg .break{stroke:var(--strong);fill:none;stroke-dasharray:2 3}"
    "svg .box{fill:var(--raised);stroke:var(--strong)}"
    "svg .arrow{fill:none;stroke:var(--strong);stroke-width:1.5}svg .tip{fill:var(--strong);stroke:none}"
    "svg .g{color:var(--grave)}svg .w{color:var(--warn)}svg .k{color:var(--calm)}svg .u{color:var(--strong)}"
    "svg .arrow.g,svg .arrow.w,svg .arrow.k,svg .arrow.u{stroke:currentColor}"
    "svg .tip.g,svg .tip.w,svg .tip.k,svg .tip.u{fill:currentColor}"
    "svg .arrow.g{stroke-width:2.5}svg .dash{stroke-dasharray:6 4}svg .dots{stroke-dasharray:1.5 4}"
    "svg .mark{stroke:currentColor;stroke-width:1.8;fill:var(--ground)}svg .mark.full{fill:currentColor}"
    "svg .mark.open{stroke-dasharray:2.5 2}svg .bar{stroke:currentColor;stroke-width:1.2;fill:currentColor;"
    "fill-opacity:.28}svg .bar.open{fill:none;stroke-dasharray:3 2}svg a:focus-visible{outline:2px solid var(--link)}"
    "ul.key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.86rem}"
    "ul.key li{display:flex;align-items:center;gap:.4rem}ul.key svg{width:22px;min-width:22px;height:20px;flex:none}svg a{text-decoration:none}";

static const char configurations[] =
    "article{margin:0 0 2.4rem;padding:1.1rem 1.3rem 0.4rem;border:1px solid var(--line);border-radius:.4rem}"
    "article h3{margin-top:0;display:flex;flex-wrap:wrap;align-items:center;gap:.4rem .7rem}"
    "dl.sheet{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.9rem 1.2rem;margin:1rem 0}"
    "dl.sheet dt{font-size:.86rem;font-weight:600;color:var(--quiet);margin-bottom:.25rem}dl.sheet dd{margin:0}"
    "dl.sheet .q{display:block;font-size:.86rem;line-height:1.4;margin-top:.3rem}"
    ".cfg{list-style:none;padding:.4rem 0;margin:0 0 .9rem;border:1px solid var(--line);border-radius:.3rem;"
    "background:var(--raised);font-size:.88rem}"
    ".cfg li{display:grid;grid-template-columns:3.6rem minmax(0,1fr);margin:0;padding:0 .6rem 0 0;"
    "border-left:.35rem solid transparent}"
    ".cfg .no{color:var(--quiet);text-align:right;padding-right:.8rem;font-variant-numeric:tabular-nums;"
    "-webkit-user-select:none;user-select:none}"
    ".cfg code{white-space:pre-wrap;overflow-wrap:anywhere;font-size:1em}"
    ".cfg .hit{border-left-color:var(--grave);background:var(--grave-ground)}.cfg .hit code{font-weight:600}"
    ".cfg .look{border-left-color:var(--warn);background:var(--warn-ground)}"
    ".cfg .look .why{color:var(--warn)}"
    ".cfg .why{grid-column:2;font:.84rem/1.4 system-ui,-apple-system,\"Segoe UI\",\"DejaVu Sans\",sans-serif;color:var(--grave);padding-bottom:.2rem}"
    ".cfg .why::before{content:\"\\25b8\\00a0\"}.cfg .skip{color:var(--quiet)}"
    ".cfg .add{background:var(--added)}.cfg .del{background:var(--removed)}"
    ".cfg .add .no::before{content:\"+ \";font-weight:700;color:var(--calm)}"
    ".cfg .del .no::before{content:\"\\2212 \";font-weight:700;color:var(--grave)}"
    ".cfg .mov .no::before{content:\"~ \";font-weight:700}"
    "ol.steps{counter-reset:s;list-style:none;padding:0}"
    "ol.steps li.step{counter-increment:s;position:relative;padding-left:2.6rem;margin:0 0 1.4rem}"
    "li.step::before{content:counter(s);position:absolute;left:0;top:0;width:1.8rem;height:1.8rem;border-radius:50%;"
    "border:2px solid var(--strong);text-align:center;font-weight:700;line-height:1.55rem}"
    "li.step h3{margin:0 0 .3rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0 .8rem;padding:.6rem "
    ".8rem;border:1px solid var(--line);border-radius:.3rem;background:var(--raised)}";

static const char media[] =
    "@media(max-width:40rem){body{padding:1.4rem 1rem 3rem}h1{font-size:1.5rem}h2{margin-top:2.2rem}"
    ".lead{font-size:1.06rem}dl.f{grid-template-columns:1fr;gap:0}dl.f dd{margin-bottom:.5rem}"
    "article{padding:.9rem .9rem 0}.cfg li{grid-template-columns:2.7rem minmax(0,1fr)}.cfg .no{padding-right:.5rem}}"
    "@page{size:A4;margin:14mm 11mm}"
    "@media print{:root{color-scheme:light;--ground:#fff;--raised:#fff;--line:#999;--strong:#444;--text:#000;"
    "--quiet:#333;--link:#000;--grave:#000;--warn:#000;--calm:#000;--grave-ground:#fff;--warn-ground:#fff;"
    "--calm-ground:#fff;--note-ground:#fff;--added:#fff;--removed:#fff}"
    "html{font-size:10pt}body{max-width:none;padding:0}nav{display:none}h2,h3,h4{break-after:avoid}"
    "h2{margin-top:1.6rem}.scroll{overflow:visible}svg{min-width:0}table.wide,table.mid{min-width:0}"
    "tr,figure svg,.cfg li,li.step h3,dl.f{break-inside:avoid}thead{display:table-header-group}"
    "p,li{orphans:3;widows:3}p:has(+pre),p:has(+ul){break-after:avoid}article{border-width:1.5px}a{text-decoration:none}"
    ".chip,.lead,.cfg .hit{border-width:1.5pt;border-color:#000}.cfg .hit{border-left-width:.35rem}"
    ".chip.g{border-width:2.5pt}td.d{min-width:0}thead th{white-space:normal}}";

static const char *const sheets[] = {palette, basics, tables, pictures, configurations, media};

void smini_page_style(struct smini_html *html)
{
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++)
        smini_html_raw(html, sheets[i]);
}

/* What the policy names: only this sheet may style the page, so that no markup that slips through can. */
void smini_page_style_digest(struct smini_html *html)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct smini_sha256 sha;
    uint8_t digest[SMINI_SHA256_BYTES + 1] = {0};
    smini_sha256_init(&sha);
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++)
        smini_sha256_add(&sha, sheets[i], strlen(sheets[i]));
    smini_sha256_end(&sha, digest);
    for (size_t i = 0; i < sizeof(digest); i += 3) {
        uint32_t bits = (uint32_t)digest[i] << 16 | (uint32_t)digest[i + 1] << 8 | digest[i + 2];
        bool last = i + 3 == sizeof(digest);
        smini_html_form(html, "%c%c%c%c", letters[bits >> 18], letters[bits >> 12 & 63], letters[bits >> 6 & 63],
                        last ? '=' : letters[bits & 63]);
    }
}
