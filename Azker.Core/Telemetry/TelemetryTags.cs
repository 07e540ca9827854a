namespace Azker.Core.Telemetry;

/// <summary>The names of the tags of spans and metrics.</summary>
internal static class TelemetryTags
{
    public const string BotId = "azker.bot.id";
    public const string UpdateId = "azker.update.id";
    public const string UpdateKind = "azker.update.kind";
    public const string UpdateOutcome = "azker.update.outcome";
    public const string ReceiveMode = "azker.receive.mode";
    public const string Attempt = "azker.attempt";
    public const string HandlerOutcome = "azker.handler.outcome";
    public const string ClaimOutcome = "azker.claim.outcome";
    public const string PollOutcome = "azker.poll.outcome";
    public const string RenewalOutcome = "azker.renewal.outcome";
    public const string ReceiverFrom = "azker.receiver.from";
    public const string ReceiverTo = "azker.receiver.to";

    // The names below are OpenTelemetry's, from its semantic conventions.
    public const string ErrorType = "error.type";
    public const string MessagingSystem = "messaging.system";
    public const string MessagingOperationName = "messaging.operation.name";
    public const string MessagingOperationType = "messaging.operation.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string StatusCode = "http.response.status_code";
}
