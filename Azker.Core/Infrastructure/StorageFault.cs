using System.Globalization;
using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace Azker.Core.Infrastructure;

/// <summary>Describes why a call to a storage service failed.</summary>
/// <param name="Evidence">The answer in short, without anything secret.</param>
/// <param name="Cause">The client's exception; <see langword="null"/> when there is none.</param>
internal sealed record StorageFault(string Evidence, Exception? Cause = null)
{
    private const string RetryAfterHeader = "Retry-After";

    /// <summary>The HTTP status; <see langword="null"/> when no answer came, so that nothing is known of what the call did.</summary>
    public int? Status { get; private init; }

    /// <summary>The value of <c>x-ms-error-code</c>, if there is one.</summary>
    public string? ErrorCode { get; private init; }

    /// <summary>When the service asked to be called again, if it did.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the credential is missing, refused or has too few rights. That may pass: tokens expire and are renewed.</summary>
    public bool IsDenied { get; private init; }

    /// <summary>Whether the host of the service cannot be resolved.</summary>
    public bool IsHostUnknown => Cause?.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound };

    public static StorageFault From(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } answer => new StorageFault(
            string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {answer.ErrorCode}").TrimEnd(), answer)
        {
            Status = answer.Status,
            ErrorCode = answer.ErrorCode,
            RetryAfter = ReadRetryAfter(answer),
            IsDenied = answer.Status is 401 or 403,
        },
        AuthenticationFailedException => new StorageFault($"no credential: {FirstLine(exception.Message)}", exception) { IsDenied = true },
        _ => new StorageFault($"no answer: {FirstLine(exception.GetBaseException().Message)}", exception),
    };

    public static StorageFault Unanswered(TimeSpan limit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0.###} s"));

    private static TimeSpan? ReadRetryAfter(RequestFailedException answer) =>
        answer.GetRawResponse() is { } response
        && response.Headers.TryGetValue(RetryAfterHeader, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r', '.', ' ');
}
