using System.Diagnostics;
using Azker.Core.Updates;

namespace Azker.Core.Telemetry;

/// <summary>The spans of a bot's updates. A span never contains a text of a user or of an exception.</summary>
internal sealed class UpdateSpans(BotMeter bot)
{
    private const string Processing = "process";

    /// <summary>Starts the span of an update that this instance delivers.</summary>
    /// <param name="update">The update.</param>
    /// <param name="mode">How the update came to this instance.</param>
    /// <param name="isRoot">Whether the update belongs to no request. Otherwise the span is a child of the request's span.</param>
    /// <returns>The span; <see langword="null"/> when there is no listener that wants it.</returns>
    public Activity? StartUpdate(ReceivedUpdate update, string mode, bool isRoot)
    {
        if (!AzkerTelemetry.Source.HasListeners())
        {
            return null;
        }

        if (isRoot || IsUnseen(Activity.Current))
        {
            Activity.Current = null;
        }

        return AzkerTelemetry.Source.StartActivity("process update", ActivityKind.Consumer)?
            .SetTag(TelemetryTags.MessagingSystem, "telegram")
            .SetTag(TelemetryTags.MessagingOperationName, Processing)
            .SetTag(TelemetryTags.MessagingOperationType, Processing)
            .SetTag(TelemetryTags.ReceiveMode, mode)
            .SetTag(bot.BotId.Key, bot.BotId.Value)
            .SetTag(TelemetryTags.UpdateId, update.Id)
            .SetTag(TelemetryTags.UpdateKind, update.Kind);
    }

    public Activity? StartClaim(int updateId) => Start("claim update", updateId);

    public Activity? StartSettle(int updateId) => Start("settle update", updateId);

    public Activity? StartAttempt(ReceivedUpdate update, int attempt) =>
        Start("handle update", update.Id)?.SetTag(TelemetryTags.UpdateKind, update.Kind).SetTag(TelemetryTags.Attempt, attempt);

    /// <summary>
    /// Whether an activity was made without a listener, as ASP.NET Core does for its logs. A sampler that follows the parent would drop
    /// the span of the update with it.
    /// </summary>
    private static bool IsUnseen(Activity? activity) => activity is { Recorded: false, Source.Name: "" };

    private Activity? Start(string name, int updateId) => AzkerTelemetry.Source.HasListeners()
        ? AzkerTelemetry.Source.StartActivity(name)?.SetTag(bot.BotId.Key, bot.BotId.Value).SetTag(TelemetryTags.UpdateId, updateId)
        : null;
}
