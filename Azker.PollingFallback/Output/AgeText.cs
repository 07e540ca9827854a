using System.Globalization;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Output;

/// <summary>A length of time as text for people, in its largest unit.</summary>
internal static class AgeText
{
    public static string Of(TimeSpan age) => age switch
    {
        _ when age < TimeSpan.FromMinutes(2) => Texts.FormatSeconds(Number(Math.Max(0, age.TotalSeconds))),
        _ when age < TimeSpan.FromHours(2) => Texts.FormatMinutes(Number(age.TotalMinutes)),
        _ when age < TimeSpan.FromDays(2) => Texts.FormatHours(Number(age.TotalHours)),
        _ => Texts.FormatDays(Number(age.TotalDays)),
    };

    private static string Number(double value) => Math.Floor(value).ToString(CultureInfo.InvariantCulture);
}
