using System.Text.Json.Serialization;
using Azker.Core.Overview;
using Azker.PollingFallback.Commands.Config;
using Azker.PollingFallback.Commands.Lock;
using Azker.PollingFallback.Commands.Webhook;
using Azker.PollingFallback.Diagnosis;

namespace Azker.PollingFallback.Output;

/// <summary>Writes what commands report, as one line of JSON each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ConfigReport))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(LockBreak))]
[JsonSerializable(typeof(LockReport))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(WebhookChange))]
[JsonSerializable(typeof(WebhookReport))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
