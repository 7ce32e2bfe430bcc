/**
 * Dates as revisions hold them.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";

/**
 * A date as revisions hold it: `2026-11-23T02:10:00Z`, or with the offset of a timezone.
 *
 * @param timezone an IANA name; default UTC
 * @throws `CONFIG_INVALID` for an unknown timezone
 */
export function formatCreateDate(date: Date, timezone?: string): string {
  const { year, month, day, hour, minute, second } = dateParts(date, timezone);
  const two = (value: number) => String(value).padStart(2, "0");
  const local = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  const whole = Math.floor(date.getTime() / 1000) * 1000;
  const offset = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - whole) / 60_000);
  if (offset === 0) return `${local}Z`;
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A date in a timezone; months count from 1. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The parts of a date in a timezone (an IANA name). Throws `CONFIG_INVALID` for an unknown one. */
export function dateParts(date: Date, timezone = "UTC"): DateParts {
  const parts = formatter(timezone).formatToParts(date);
  const part = (type: string) => Number(parts.find((known) => known.type === type)!.value);
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}

function formatter(timezone: string): Intl.DateTimeFormat {
  const numeric = "numeric" as const;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch (cause) {
    throw new LimbeckError("CONFIG_INVALID", `Cannot use the timezone "${timezone}": it is unknown`, {
      hint: "Write an IANA name such as Europe/Berlin, or UTC",
      facts: { timezone },
      cause,
    });
  }
}
