namespace Azker.BotApi.Requests;

/// <summary>One call of a Bot API method, named in lower case.</summary>
internal sealed record ApiCall(string Method, RequestArguments Arguments, Caller Caller);
