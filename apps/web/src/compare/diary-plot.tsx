import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DiaryEntry } from '../api/shapes.ts';
import { Day } from '../frame/day.tsx';
import { day } from '../frame/figures.ts';
import { WideTable } from '../frame/wide-table.tsx';
import { useLanguage, useTabWords } from '../judgement/reader.tsx';
import type { TabWords } from '../judgement/tab-words.ts';

/** The diary day by day: pain from 0 to 10, and steps. Days without an entry stay empty. */
export function DiaryPlot({ entries }: { readonly entries: readonly DiaryEntry[] }) {
  const holder = useRef<HTMLDivElement>(null);
  const language = useLanguage();
  const { time: said, figure } = useTabWords();
  const scheme = useComputedColorScheme('light');
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page again when the scheme changes
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const css = getComputedStyle(document.documentElement);
    const colour = (name: string) => css.getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--fo-ink-2'),
      grid: { stroke: colour('--fo-line'), width: 1 },
      ticks: { show: false },
    };
    const data: uPlot.AlignedData = [
      entries.map((entry) => Date.parse(`${entry.date}T00:00:00Z`) / 1000),
      entries.map((entry) => entry.pain),
      entries.map((entry) => entry.steps),
    ];
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 220,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        scales: {
          pain: { range: [0, 10] },
          steps: { range: (_, __, max) => [0, Math.max(1000, max * 1.05)] },
        },
        axes: [
          {
            ...axis,
            values: (_, at) =>
              at.map((seconds) =>
                // The day and the month: the year stands over the plot.
                day(new Date(seconds * 1000).toISOString(), language).slice(0, -5),
              ),
          },
          { ...axis, scale: 'pain', label: said.pain, labelSize: 22, size: 36 },
          {
            ...axis,
            scale: 'steps',
            values: (_, at) => at.map((n) => n.toLocaleString(language === 'es' ? 'es' : 'en-GB')),
            side: 1,
            label: said.walked,
            labelSize: 22,
            size: 54,
            grid: { show: false },
          },
        ],
        series: [
          {
            label: said.day,
            value: (_, at) => (at == null ? '' : day(new Date(at * 1000).toISOString(), language)),
          },
          {
            label: said.pain,
            scale: 'pain',
            stroke: colour('--fo-urgent'),
            width: 1.8,
            points: { show: false },
          },
          {
            label: said.walked,
            scale: 'steps',
            stroke: colour('--fo-bar'),
            width: 1.2,
            points: { show: false },
          },
        ],
      },
      data,
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 220 }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [entries, scheme, language]);
  return (
    <>
      <div ref={holder} role="img" aria-label={figure(summary(entries, said))} />
      <details className="fo-more">
        <summary>{said.asTable(entries.length)}</summary>
        <WideTable label={said.diary}>
          <table className="fo-table">
            <thead>
              <tr>
                <th scope="col">{said.day}</th>
                <th scope="col">{said.pain}</th>
                <th scope="col">{said.walked}</th>
              </tr>
            </thead>
            <tbody>
              {[...entries].reverse().map((entry) => (
                <tr key={entry.date}>
                  <td>
                    <Day of={entry.date} />
                  </td>
                  <td className="fo-num">{entry.pain ?? '—'}</td>
                  <td className="fo-num">
                    {entry.steps?.toLocaleString(language === 'es' ? 'es' : 'en-GB') ?? '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </details>
    </>
  );
}

function summary(entries: readonly DiaryEntry[], said: TabWords['time']): string {
  const pains = entries.flatMap((entry) => (entry.pain === null ? [] : [entry.pain]));
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  const part = Math.max(1, Math.min(14, pains.length));
  return said.sum(
    entries.length,
    mean(pains.slice(0, part)).toFixed(1),
    mean(pains.slice(-part)).toFixed(1),
    part,
  );
}
