import { isoDay, writtenDay } from '@foramen/spine';

/** Look of the genome reports: quiet, printable, no fonts or scripts from elsewhere. */
export const GENOME_STYLE = `
:root{--ink:#16202b;--soft:#566372;--line:#d9e0e7;--paper:#fff;--wash:#f4f7f9;--brand:#0f5b73;
--avoid:#a3162a;--avoid-bg:#fdecee;--change:#8a5300;--change-bg:#fdf3e1;--watch:#4a4f9c;--watch-bg:#eeeffb;--ok:#1d6b43;--ok-bg:#e8f5ee;--open:#566372;--open-bg:#eef1f4}
*{box-sizing:border-box}
body{margin:0;background:var(--wash);color:var(--ink);font:15px/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif}
main{max-width:1080px;margin:0 auto;background:var(--paper);padding:36px 44px 48px}
header{border-bottom:3px solid var(--brand);padding-bottom:14px;margin-bottom:22px;display:flex;justify-content:space-between;gap:24px;align-items:flex-end}
h1{font-size:26px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:18px;margin:32px 0 10px;color:var(--brand)}
h3{font-size:15px;margin:18px 0 6px}
p{margin:0 0 10px;max-width:74ch}
.meta{color:var(--soft);font-size:13px;max-width:none}
.glance{display:grid;grid-template-columns:1.25fr 1fr 1fr;gap:12px;margin:0 0 14px}
.glance section{border:1px solid var(--line);border-radius:8px;padding:12px 14px;break-inside:avoid}
.glance h3{margin:0 0 6px}.glance ul.plain{margin:0;padding-left:16px}.glance li{font-size:13.5px;margin:0 0 6px}.glance li .meta{font-size:12.5px}
table{border-collapse:collapse;width:100%;font-size:13.5px;margin:4px 0 10px}
th{text-align:left;font-weight:600;color:var(--soft);border-bottom:1px solid var(--line);padding:6px 8px;font-size:12px}
td{vertical-align:top;border-bottom:1px solid var(--line);padding:8px}
td:first-child{font-weight:600;white-space:nowrap}
tr{break-inside:avoid}
.chip{display:inline-block;border-radius:5px;padding:1px 8px;font-size:12px;font-weight:600;white-space:nowrap}
.avoid{color:var(--avoid);background:var(--avoid-bg)}.change{color:var(--change);background:var(--change-bg)}
.watch{color:var(--watch);background:var(--watch-bg)}.ok{color:var(--ok);background:var(--ok-bg)}.open{color:var(--open);background:var(--open-bg)}
.why{color:var(--soft);font-size:12.5px;margin-top:3px}
.instead{color:var(--ok);font-size:13px}
.gl{font-size:12px;color:var(--soft);font-weight:600;margin-right:6px}
.cell{margin-bottom:6px}
.box{border:1px solid var(--line);border-left:4px solid var(--brand);border-radius:6px;padding:12px 16px;margin:10px 0}
.warn{border-left-color:var(--avoid);background:var(--avoid-bg)}
.plan{display:grid;grid-template-columns:1fr 1fr;gap:12px}
.plan section{border:1px solid var(--line);border-radius:8px;padding:12px 14px;break-inside:avoid}
.plan h3{margin:0 0 6px}
.plan ul,.why ul{margin:4px 0 0;padding-left:18px;font-size:12.5px;color:var(--soft)}
.bar{display:flex;height:10px;border-radius:5px;overflow:hidden;background:var(--open-bg);margin:4px 0}
.bar i{display:block;height:100%}
footer{margin-top:36px;border-top:1px solid var(--line);padding-top:12px;color:var(--soft);font-size:12.5px}
ul.plain{padding-left:20px;margin:6px 0 12px}
ul.plain li{margin:4px 0}
.big p,.big li{font-size:17px;line-height:1.6}
.card{border:1px solid var(--line);border-radius:10px;padding:16px 20px;margin:12px 0;break-inside:avoid}
.card h3{margin:0 0 6px;font-size:18px}
.card h3 .chip{font-size:16px;padding:3px 12px}
.card p{max-width:none}
table.drugs{table-layout:fixed}
table.drugs th:first-child{width:17%}table.drugs th:last-child{width:22%}
table.drugs td{overflow-wrap:anywhere}
.scroll{overflow-x:auto}
h2,h3,thead{break-after:avoid}
@media screen and (max-width:760px){main{padding:22px 16px}.glance{grid-template-columns:1fr}.plan{grid-template-columns:1fr}header{display:block}}
@media print{body{background:#fff;font-size:9.5pt;line-height:1.4;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}
table{font-size:8.5pt}th,.chip,.gl{font-size:8pt}.why,.meta,.instead,.plan ul,.why ul,footer{font-size:8pt}.scroll{overflow:visible}td{padding:5px 6px}h1{font-size:17pt}h2{font-size:12.5pt;margin-top:18px}h3{font-size:10.5pt;margin-top:12px}
.big p,.big li{font-size:11.5pt;line-height:1.45}.card{padding:10px 14px;margin:8px 0}.card h3 .chip{font-size:11pt}.glance li{font-size:8.5pt;margin-bottom:3px}.glance li .meta{font-size:8pt}.cell{margin-bottom:3px}
.page{break-before:page}.sheet{break-before:page;break-inside:avoid}.plan section{padding:8px 10px}@page{size:A4;margin:14mm 13mm}}
`;

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A day in words with the machine's own date beside it; a text that is no date stays as it is. */
export function dayHtml(text: string, language = 'en'): string {
  const iso = isoDay(text);
  return iso === null
    ? escapeHtml(text)
    : `<time datetime="${iso}">${escapeHtml(writtenDay(text, language))}</time>`;
}

export function page(title: string, body: string, language = 'en'): string {
  return `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${GENOME_STYLE}</style></head><body><main>${body}</main></body></html>\n`;
}
