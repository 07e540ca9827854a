namespace Azker.BotApi.Methods;

/// <summary>A call that the Bot API server answers with 400. The message is the description after <c>Bad Request: </c>.</summary>
internal sealed class CallRefusal(string description) : Exception(description);
