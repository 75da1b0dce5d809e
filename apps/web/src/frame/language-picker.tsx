import { SegmentedControl } from '@mantine/core';
import type { Language } from './frame-language.ts';

/** Each language by its own name, for whoever reads no other. */
export function LanguagePicker(props: {
  readonly language: Language;
  readonly onChange: (language: Language) => void;
}) {
  const { language, onChange } = props;
  return (
    <SegmentedControl
      size="xs"
      className="fo-noprint"
      aria-label={language === 'es' ? 'Idioma' : 'Language'}
      data={[
        { value: 'en', label: 'English' },
        { value: 'es', label: 'Español' },
      ]}
      value={language}
      onChange={(value) => onChange(value === 'es' ? 'es' : 'en')}
    />
  );
}
