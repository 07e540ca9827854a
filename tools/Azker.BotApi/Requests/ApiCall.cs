namespace Azker.BotApi.Requests;

internal sealed record ApiCall(string Method, RequestArguments Arguments, Caller Caller);
