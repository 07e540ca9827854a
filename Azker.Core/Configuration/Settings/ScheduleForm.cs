using NCrontab;

namespace Azker.Core.Configuration.Settings;

/// <summary>
/// The form of a schedule, read by the library by which the Functions host reads it. The host knows more forms, which are no
/// NCRONTAB expressions of six fields: five fields, and a period such as <c>00:05:00</c>, which a plan that scales to zero does
/// not keep.
/// </summary>
internal static class ScheduleForm
{
    private const int Fields = 6;
    private const string FieldNames = "{second} {minute} {hour} {day} {month} {day of week}";

    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <summary>Each day of each month comes in these 8 years, 29 February too.</summary>
    private static readonly (DateTime Start, DateTime End) Years = (new(2020, 1, 1), new(2028, 1, 1));

    /// <returns>The fault in words; <see langword="null"/> if there is none.</returns>
    public static string? FindFault(string schedule)
    {
        if (schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != Fields)
        {
            return SettingTexts.FormatScheduleFields(schedule, FieldNames);
        }

        try
        {
            bool comes = CrontabSchedule.Parse(schedule, WithSeconds).GetNextOccurrence(Years.Start, Years.End) < Years.End;
            return comes ? null : SettingTexts.FormatScheduleNever(schedule);
        }
        catch (Exception error) when (error is CrontabException or OverflowException)
        {
            return SettingTexts.FormatScheduleUnreadable(schedule, error.Message.Split(". ")[0].TrimEnd('.'));
        }
    }
}
