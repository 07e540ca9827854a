using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Bots;

/// <summary>The parts that all bots of one server share.</summary>
internal sealed record ServerContext(BotApiServerOptions Options, TimeProvider Time, DateTimeOffset StartedAt, DnsCache Dns);
