import { GENOME_STYLE } from './genome-style.ts';

/** What the clinical report adds to the look of the genome reports. */
export const CLINICAL_STYLE = `${GENOME_STYLE}
.soft{color:var(--soft);font-weight:400;font-size:13px}
.banner{border-radius:10px;padding:16px 20px;margin:0 0 20px;border:1px solid var(--line);border-left:8px solid var(--brand)}
.banner b{font-size:20px;display:block}
.banner.emergency,.banner.urgent{border-left-color:var(--avoid);background:var(--avoid-bg)}
.banner.soon{border-left-color:var(--change);background:var(--change-bg)}
.banner.routine,.banner.self-care{border-left-color:var(--ok);background:var(--ok-bg)}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:28px;align-items:start}
figure.slice{margin:0;position:relative}
figure.slice input{position:absolute;opacity:0}
figure.slice label{display:inline-block;font-size:13px;border:1px solid var(--line);border-radius:6px;padding:3px 10px;margin-bottom:6px;cursor:pointer}
figure.slice input:checked+label{background:var(--brand);color:#fff;border-color:var(--brand)}
figure.slice input:focus-visible+label{outline:3px solid #8fc4d6}
figure.slice .stack{position:relative;background:#000;border-radius:8px;overflow:hidden}
figure.slice img,figure.slice svg{display:block;width:100%;height:auto}
figure.slice svg{position:absolute;inset:0;height:100%}
figure.slice input:not(:checked)~.stack svg{display:none}
figure.slice path{vector-effect:non-scaling-stroke;stroke-width:1.4;fill-opacity:.16}
path.vertebra{stroke:#f0a35e;fill:#f0a35e}path.disc{stroke:#66d9a6;fill:#66d9a6}path.canal{stroke:#63b3ff;fill:#63b3ff}path.sacrum{stroke:#e7d46a;fill:#e7d46a}
figure.slice text{fill:#fff;text-anchor:middle;font-weight:700;paint-order:stroke;stroke:#0009;stroke-width:3px;vector-effect:non-scaling-stroke}
figcaption{font-size:12.5px;color:var(--soft);margin-top:6px}
details.said{margin:3px 0;border-bottom:1px solid var(--line);padding:4px 0}
details.said summary{cursor:pointer}
.strength{font-size:11px;color:var(--soft);border:1px solid var(--line);border-radius:4px;padding:0 5px;margin-left:4px}
.strength.strong{color:var(--ok)}.strength.insufficient{color:var(--change)}
.why{margin:4px 0 6px;padding-left:18px;font-size:12.5px;color:var(--soft)}
.why code{font-size:11.5px;overflow-wrap:anywhere}.why .kind{font-size:10.5px;text-transform:uppercase;letter-spacing:.05em}
.level .split{display:grid;grid-template-columns:1.5fr 1fr;gap:16px;align-items:start}.level .split>div{display:flex;flex-wrap:wrap;gap:2px 24px}
.grade{margin-bottom:8px}.named{margin:2px 0 0;max-width:60ch}.bars{display:flex;gap:6px;align-items:flex-end;height:64px}
.bars span{display:flex;flex-direction:column;align-items:center;justify-content:flex-end;width:30px}
.bars i{width:22px;background:#c3d3dc;border-radius:3px 3px 0 0}.bars .best i{background:var(--brand)}.bars em{font-style:normal;font-size:11px;color:var(--soft)}
.presence td{padding:3px 6px;border:0;font-weight:400}.meter{display:inline-block;width:110px;height:8px;border-radius:4px;background:#e5ebf0;overflow:hidden}.meter i{display:block;height:100%;background:var(--brand)}
.measures{display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:4px 14px;margin:10px 0 4px;font-size:13px}
.measures div{display:flex;justify-content:space-between;gap:6px;border-bottom:1px dotted var(--line)}.measures dt{color:var(--soft)}.measures dd{margin:0;white-space:nowrap;font-variant-numeric:tabular-nums}
.levels{display:grid;grid-template-columns:1fr;gap:0}
.range{position:relative;height:10px;background:#e5ebf0;border-radius:5px;min-width:160px}.range i{position:absolute;top:2px;height:6px;border-radius:3px;background:#8fb6c5}.range b{position:absolute;top:-2px;width:4px;height:14px;border-radius:2px;background:var(--brand)}
.side{display:flex;flex-wrap:wrap;gap:14px}.side>figure{flex:1 1 220px;max-width:330px}
.course{width:100%;max-width:520px;height:auto}.course .band{fill:#8fb6c5;fill-opacity:.25}.course .line{fill:none;stroke:var(--brand);stroke-width:2}.course text{font-size:11px;fill:var(--soft)}.course circle{fill:var(--brand)}.course circle.changed{fill:var(--change)}
.call{font-weight:600}
table.ways td,table.ways th{white-space:nowrap}table.ways td.soft{white-space:normal}
.warn{border-left:4px solid var(--change);padding:2px 0 2px 12px}
figure.slice input:not(:checked)~.stack svg.drawn{display:block}
.drawn line{vector-effect:non-scaling-stroke;stroke-width:1.4}.drawn .way{stroke:#ff8ac6;stroke-dasharray:5 5}.drawn .here{stroke:#ff4fa8;stroke-width:2.6;stroke-dasharray:none}
.drawn .window{vector-effect:non-scaling-stroke;fill:#ffe45c;fill-opacity:.28;stroke:#ffe45c;stroke-width:1.4}.drawn .target{vector-effect:non-scaling-stroke;fill:none;stroke:#ff4fa8;stroke-width:2.2}
.drawn .leader{stroke-width:.8;opacity:.75}.drawn line.root{stroke:#ffd24a}.drawn line.sac{stroke:#6fe3de}.drawn line.bone{stroke:#b3c2ff}
figure.slice .drawn text.root{fill:#ffd24a}figure.slice .drawn text.sac{fill:#6fe3de}figure.slice .drawn text.bone{fill:#b3c2ff}
@media(max-width:760px){.two,.level .split{grid-template-columns:1fr}}
@media print{.level .split{grid-template-columns:1.5fr 1fr}figure.slice label{display:none}details.said{break-inside:avoid}}
`;
