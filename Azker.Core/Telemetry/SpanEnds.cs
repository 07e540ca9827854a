using System.Diagnostics;
using System.Globalization;

namespace Azker.Core.Telemetry;

/// <summary>Records how spans end.</summary>
internal static class SpanEnds
{
    /// <summary>Marks a span as failed. The message of the exception may quote a user, so only its type is recorded.</summary>
    public static void Fail(this Activity span, Exception error) => span.Fail(error.GetType().FullName ?? error.GetType().Name);

    /// <summary>Records the status of an answer.</summary>
    public static void End(this Activity span, HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        span.SetTag(TelemetryTags.StatusCode, status);
        if (!response.IsSuccessStatusCode)
        {
            span.Fail(status.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static void Fail(this Activity span, string errorType) => span.SetStatus(ActivityStatusCode.Error).SetTag(TelemetryTags.ErrorType, errorType);
}
