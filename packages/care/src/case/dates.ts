import { type Intake, isCalendarDate, type Problem } from '@foramen/spine';

/** True when `now` is an ISO 8601 date or date-time. */
export function isMoment(now: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(now) &&
    isCalendarDate(now.slice(0, 10))
  );
}

interface Dated {
  readonly path: string;
  readonly date: string;
  /** What stands or falls with the date: a date of the examination carries every finding of it. */
  readonly carries: string;
}

function datesOf(intake: Intake): readonly Dated[] {
  const out: Dated[] = [];
  const add = (path: string, date: string | undefined, carries = path): void => {
    if (date !== undefined) out.push({ path, date, carries });
  };
  add('intake.date', intake.date);
  add('intake.person.birthDate', intake.person?.birthDate);
  add('intake.examination.date', intake.examination?.date, 'intake.examination');
  intake.medications?.forEach((m, i) => {
    add(`intake.medications[${i}].started`, m.started, `intake.medications[${i}]`);
  });
  intake.history?.previousSpineSurgery?.forEach((s, i) => {
    add(
      `intake.history.previousSpineSurgery[${i}].date`,
      s.date,
      `intake.history.previousSpineSurgery[${i}]`,
    );
  });
  intake.questionnaires?.forEach((q, i) => {
    add(`intake.questionnaires[${i}].date`, q.date, `intake.questionnaires[${i}]`);
  });
  return out;
}

/** Days that do not exist, that lie after `now`, or that lie before birth. */
export function dateProblems(intake: Intake, now: string): readonly Problem[] {
  const today = now.slice(0, 10);
  const birth = intake.person?.birthDate;
  return datesOf(intake).flatMap(({ path, date, carries }): Problem[] => {
    const help = 'Correct the date; what rests on it is withheld';
    if (!isCalendarDate(date)) {
      return [
        {
          code: 'out-of-range',
          severity: 'error',
          where: carries,
          what: `${path}: ${date} is not a day of the calendar`,
          help,
        },
      ];
    }
    if (date > today) {
      return [
        {
          code: 'out-of-range',
          severity: 'warning',
          where: carries,
          what: `${path}: ${date} lies after ${today}`,
          help,
        },
      ];
    }
    if (birth !== undefined && path !== 'intake.person.birthDate' && date < birth) {
      return [
        {
          code: 'contradiction',
          severity: 'warning',
          where: `${carries} and intake.person.birthDate`,
          what: `${path}: ${date} lies before the birth date ${birth}`,
          help,
        },
      ];
    }
    return [];
  });
}
