using System.Globalization;
using System.Text.Json;
using Azker.Core.Status;

namespace Azker.Core.Health;

/// <summary>
/// The answer of <c>/health</c>. It contains no process, host, URL, token or stack trace, so that a stranger may read it.
/// </summary>
/// <param name="Status">
/// <c>ok</c>, <c>degraded</c> (updates are received, but not as configured; or they are not received, for less than a minute),
/// <c>standby</c> (this instance receives nothing itself, and is ready to) or <c>down</c>.
/// </param>
/// <param name="Timestamp">The time of the report, UTC.</param>
/// <param name="Mode">How the bot's updates are received; how this instance would receive them, if it is a standby.</param>
/// <param name="Active">Whether the bot's updates are received; <see langword="false"/> for a standby.</param>
/// <param name="Uptime">How long this instance has been running.</param>
/// <param name="Reason">The reason of a status other than <c>ok</c>, as a sentence; <see langword="null"/> if there is none.</param>
public sealed record HealthReport(string Status, DateTimeOffset Timestamp, ReceiverMode Mode, bool Active, TimeSpan Uptime, string? Reason)
{
    internal const string Ok = "ok";
    internal const string Degraded = "degraded";
    internal const string Standby = "standby";
    internal const string Down = "down";

    /// <summary>The answer to a probe that asks whether the process works: a process that answers does.</summary>
    internal static ReadOnlyMemory<byte> Live { get; } = """{"status":"ok"}"""u8.ToArray();

    /// <summary>The HTTP status: 200 while updates are received or this instance stands by, 503 otherwise.</summary>
    public int StatusCode => Active || IsStandby ? 200 : 503;

    /// <summary>The HTTP status for a probe that asks whether this instance receives or stands by.</summary>
    internal int ReadyStatusCode => TakesRequests ? 200 : StatusCode;

    /// <summary>
    /// Whether the program behind this report receives if Telegram calls it: a program that serves the webhook does so while it waits
    /// for the lock too.
    /// </summary>
    internal bool IsUsableTarget => Active || (IsStandby && Mode == ReceiverMode.Webhook);

    /// <summary>
    /// Whether this instance serves the webhook and cannot ask Telegram: Telegram's requests may arrive all the same, so an ingress
    /// must go on passing them.
    /// </summary>
    internal bool TakesRequests { get; init; }

    private bool IsStandby => Status == Standby;

    /// <summary>
    /// Writes the report as JSON in UTF-8, such as
    /// <c>{"status":"ok","timestamp":"2026-01-30T08:52:15.445Z","mode":"webhook","active":true,"uptime":123.45}</c>: the
    /// uptime is in seconds, and the <c>reason</c> is at the end, if there is one.
    /// </summary>
    /// <returns>The JSON.</returns>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, Status);
            json.WriteString("timestamp"u8, Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("mode"u8, Mode == ReceiverMode.Webhook ? "webhook"u8 : "polling"u8);
            json.WriteBoolean("active"u8, Active);
            json.WriteNumber("uptime"u8, Math.Round((decimal)Uptime.TotalSeconds, 2));
            if (Reason is not null)
            {
                json.WriteString("reason"u8, Reason);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
