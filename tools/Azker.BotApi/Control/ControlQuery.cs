using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Control;

/// <summary>The query parameters that a control route takes, as metadata of the route. A route without it takes none.</summary>
internal sealed record ControlQuery(params string[] Names)
{
    /// <summary>46 days: a timer of .NET takes up to 49.</summary>
    private const double MaxSeconds = 4_000_000;

    /// <exception cref="ControlRefusal">The call has a query parameter that its route does not take.</exception>
    public static void Check(HttpContext context, Endpoint endpoint)
    {
        string[] names = endpoint.Metadata.GetMetadata<ControlQuery>()?.Names ?? [];
        string? unknown = context.Request.Query.Keys.FirstOrDefault(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            string taken = names.Length == 0 ? "none" : string.Join(", ", names);
            throw new ControlRefusal($"The query parameter {unknown} is unknown. This path takes {taken}.");
        }
    }

    /// <exception cref="ControlRefusal">The parameter is not a whole number.</exception>
    public static long? Integer(HttpRequest request, string name)
    {
        if (request.Query[name] is not [{ } text, ..])
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new ControlRefusal($"The query parameter {name} is {text} and must be a whole number.");
    }

    /// <exception cref="ControlRefusal">The parameter is not a number in range.</exception>
    public static TimeSpan? Duration(HttpRequest request, string name)
    {
        if (request.Query[name] is not [{ } text, ..])
        {
            return null;
        }

        double seconds = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
        return Duration(seconds, $"query parameter {name} is {text}");
    }

    /// <param name="seconds">The length, 0 to 4,000,000.</param>
    /// <param name="given">The start of the refusal, which names the value.</param>
    /// <exception cref="ControlRefusal">The length is out of range.</exception>
    public static TimeSpan Duration(double seconds, string given) => seconds is >= 0 and <= MaxSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new ControlRefusal($"The {given} and must be 0 to {MaxSeconds.ToString("F0", CultureInfo.InvariantCulture)}, in seconds.");
}
