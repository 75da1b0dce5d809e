import type { Intake, PainRegion } from '@foramen/spine';
import { BodyMap } from '../judgement/body-map.tsx';
import { type Answers, isMarked, placesAt, toggled } from './answers.ts';
import { type Field, type Label, type Language, label } from './fields.ts';
import { INTAKE_WORDS } from './intake-words.ts';

/** Places from the back down the leg; those in the middle of the body have no side of their own. */
const REGIONS: readonly (readonly [PainRegion, Label, boolean])[] = [
  ['low-back', label('Low back', 'Zona lumbar'), true],
  ['buttock', label('Buttock', 'Nalga'), false],
  ['groin', label('Groin', 'Ingle'), false],
  ['perineum', label('Between the legs', 'Entre las piernas'), true],
  ['anterior-thigh', label('Thigh, front', 'Muslo, delante'), false],
  ['medial-thigh', label('Thigh, inside', 'Muslo, por dentro'), false],
  ['lateral-thigh', label('Thigh, outside', 'Muslo, por fuera'), false],
  ['posterior-thigh', label('Thigh, back', 'Muslo, detrás'), false],
  ['knee', label('Knee', 'Rodilla'), false],
  ['medial-leg', label('Shin, inside', 'Pierna, por dentro'), false],
  ['lateral-leg', label('Shin, outside', 'Pierna, por fuera'), false],
  ['posterior-calf', label('Calf', 'Pantorrilla'), false],
  ['dorsum-foot', label('Foot, top', 'Pie, por arriba'), false],
  ['great-toe', label('Big toe', 'Dedo gordo'), false],
  ['lateral-foot', label('Foot, outside', 'Pie, por fuera'), false],
  ['sole', label('Sole', 'Planta'), false],
];

/** Where it hurts and where it is numb, ticked place by place and side by side, with the figure beside it. */
export function PlacesField(props: {
  readonly field: Extract<Field, { kind: 'places' }>;
  readonly answers: Answers;
  readonly onChange: (path: string, value: unknown) => void;
  readonly language: Language;
}) {
  const { field, answers, language } = props;
  const words = INTAKE_WORDS[language];
  const kinds = [
    { path: field.path, word: words.pain },
    { path: field.also, word: words.numb },
  ];
  return (
    <fieldset className="fo-q" data-wide>
      <legend>{field.label[language]}</legend>
      <div className="fo-places">
        <div className="fo-scroll">
          <table className="fo-table">
            <thead>
              <tr>
                <th>{words.region}</th>
                {kinds.map((kind) => (
                  <th key={kind.path} colSpan={3}>
                    {kind.word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {REGIONS.map(([region, name, middle]) => (
                <tr key={region}>
                  <th scope="row">{name[language]}</th>
                  {kinds.flatMap((kind) =>
                    (['right', 'midline', 'left'] as const).map((side) => {
                      if (side === 'midline' && !middle) return <td key={`${kind.path} ${side}`} />;
                      const places = placesAt(answers, kind.path);
                      const word = side === 'midline' ? words.middle : words[side];
                      return (
                        <td key={`${kind.path} ${side}`}>
                          <label className="fo-tick">
                            <input
                              type="checkbox"
                              aria-label={`${name[language]}, ${word}: ${kind.word}`}
                              checked={isMarked(places, region, side)}
                              onChange={() => props.onChange(kind.path, toggled(places, region, side))}
                            />
                            <span aria-hidden="true">{word}</span>
                          </label>
                        </td>
                      );
                    }),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <BodyMap intake={{ symptoms: answers.symptoms } as Intake} language={language} />
      </div>
    </fieldset>
  );
}
