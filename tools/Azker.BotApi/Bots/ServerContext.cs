using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Bots;

/// <summary>What all bots of one server share.</summary>
internal sealed record ServerContext(BotApiServerOptions Options, TimeProvider Time, DateTimeOffset StartedAt, DnsCache Dns);
