import { Button, Switch } from '@mantine/core';
import { useTabWords } from '../judgement/reader.tsx';

/** The bar for whoever only looks: names on the picture, the stack as a film, a large picture. */
export function PlainBar(props: {
  /** Null where the picture has no names. */
  readonly overlay: boolean | null;
  readonly onOverlay: (shown: boolean) => void;
  readonly playing: boolean;
  readonly onPlay: () => void;
  readonly large: boolean;
  readonly onLarge: () => void;
}) {
  const said = useTabWords().study;
  return (
    <div className="fo-viewer-bar">
      <Button size="compact-sm" variant="default" aria-pressed={props.playing} onClick={props.onPlay}>
        {props.playing ? said.stop : said.play}
      </Button>
      <Button size="compact-sm" variant="default" aria-pressed={props.large} onClick={props.onLarge}>
        {props.large ? said.small : said.large}
      </Button>
      <span className="fo-viewer-shown">
        {props.overlay !== null && (
          <Switch
            size="xs"
            label={said.overlay}
            checked={props.overlay}
            onChange={(event) => props.onOverlay(event.currentTarget.checked)}
          />
        )}
      </span>
    </div>
  );
}
