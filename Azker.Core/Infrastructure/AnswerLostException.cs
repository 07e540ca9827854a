namespace Azker.Core.Infrastructure;

/// <summary>An HTTP request was sent completely, and its answer was lost: the server may have carried it out.</summary>
internal sealed class AnswerLostException(string message, Exception innerException) : HttpRequestException(message, innerException);
