using Azker.BotApi.Bots;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Pushing;

/// <summary>What pushing needs of a bot. <paramref name="Reply"/> carries out a method that a webhook's answer calls.</summary>
internal sealed record PushContext(BotGate Gate, UpdateQueue Queue, Recorder Recorder, Func<ApiCall, Task<ApiAnswer>> Reply);
