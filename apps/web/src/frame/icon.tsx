/** The few icons the screens need, drawn on a 16-unit grid in the colour of the text. */
const PATHS = {
  reset: 'M3 8a5 5 0 1 0 1.5-3.6M3 2.5V5h2.5',
  layers: 'M8 2 2.5 5 8 8l5.5-3L8 2ZM2.5 8 8 11l5.5-3M2.5 11 8 14l5.5-3',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13',
  moon: 'M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z',
  alert: 'M8 2 1.5 13.5h13L8 2ZM8 6.5v3.2M8 11.8v.2',
  check: 'm3 8.5 3.2 3L13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  chevron: 'm6 4 4 4-4 4',
  file: 'M4 1.8h5l3 3v9.4H4V1.8ZM9 1.8v3h3',
  download: 'M8 2v8m0 0L5 7m3 3 3-3M3 13.5h10',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9V7Z',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14',
  up: 'M8 13V3m0 0L4.5 6.5M8 3l3.5 3.5',
  down: 'M8 3v10m0 0 3.5-3.5M8 13l-3.5-3.5',
  person: 'M8 2.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8ZM2.8 13.8c.5-2.7 2.6-4 5.2-4s4.7 1.3 5.2 4',
  invert: 'M8 2.2a5.8 5.8 0 1 0 0 11.6V2.2ZM8 2.2a5.8 5.8 0 0 1 0 11.6M5.2 4.2v7.6M3.6 6v4',
  play: 'M5 3v10l8-5-8-5Z',
  pause: 'M5.5 3v10M10.5 3v10',
  frame: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  help: 'M5.6 5.8a2.4 2.4 0 1 1 3.4 2.4c-.7.3-1 .8-1 1.5M8 12.4v.2',
  print: 'M4.5 6V2.5h7V6M4.5 12H2.5V6h11v6h-2M4.5 9.5h7v4h-7v-4Z',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" fill="currentColor" aria-hidden="true">
      <rect x="3.2" y="1.5" width="12.5" height="5.2" rx="1.6" />
      <rect x="4.6" y="8.4" width="12.5" height="5.2" rx="1.6" />
      <rect x="7.2" y="15.3" width="12.5" height="5.2" rx="1.6" />
    </svg>
  );
}
