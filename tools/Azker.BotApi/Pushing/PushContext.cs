using Azker.BotApi.Bots;
using Azker.BotApi.Requests;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Pushing;

/// <summary>
/// The parts of a bot that pushing uses. <paramref name="Reply"/> carries out a method that a webhook calls with its answer.
/// </summary>
internal sealed record PushContext(BotGate Gate, UpdateQueue Queue, Recorder Recorder, Func<ApiCall, Task<ApiAnswer>> Reply);
