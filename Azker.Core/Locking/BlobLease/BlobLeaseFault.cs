using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Locking.BlobLease;

/// <summary>What went wrong with a call to the storage service.</summary>
/// <param name="Outcome">What that says about our lease.</param>
/// <param name="Evidence">The answer in short, without anything secret.</param>
/// <param name="RetryAfter">When the service asked to be called again, if it did.</param>
internal sealed record BlobLeaseFault(BlobLeaseOutcome Outcome, string Evidence, TimeSpan? RetryAfter = null)
{
    private const string RetryAfterHeader = "Retry-After";

    /// <summary>Not among the SDK's constants: a lease that was released or is over (Blob service error codes).</summary>
    private const string LeaseNotPresent = "LeaseNotPresent";

    public static BlobLeaseFault From(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } answer => new BlobLeaseFault(
            Classify(answer.Status, answer.ErrorCode),
            string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {answer.ErrorCode}").TrimEnd(),
            ReadRetryAfter(answer)),
        AuthenticationFailedException => new BlobLeaseFault(BlobLeaseOutcome.Denied, $"no credential: {FirstLine(exception)}"),
        TimeoutException => new BlobLeaseFault(BlobLeaseOutcome.Unknown, exception.Message),
        _ => new BlobLeaseFault(BlobLeaseOutcome.Unknown, $"no answer: {FirstLine(exception)}"),
    };

    /// <param name="status">The HTTP status.</param>
    /// <param name="errorCode">The value of <c>x-ms-error-code</c>, if there is one.</param>
    public static BlobLeaseOutcome Classify(int status, string? errorCode) => status switch
    {
        404 when errorCode == BlobErrorCode.ContainerNotFound => BlobLeaseOutcome.ContainerMissing,
        404 => BlobLeaseOutcome.Missing,
        401 or 403 => BlobLeaseOutcome.Denied,
        409 or 412 => ClassifyConflict(errorCode ?? ""),
        _ => BlobLeaseOutcome.Unknown,
    };

    private static BlobLeaseOutcome ClassifyConflict(string errorCode)
    {
        if (errorCode == BlobErrorCode.LeaseAlreadyPresent || errorCode == BlobErrorCode.LeaseIsBreakingAndCannotBeAcquired)
        {
            return BlobLeaseOutcome.Held;
        }

        if (errorCode == BlobErrorCode.ConditionNotMet || errorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return BlobLeaseOutcome.Changed;
        }

        return errorCode == BlobErrorCode.LeaseLost
            || errorCode == BlobErrorCode.LeaseIdMissing
            || errorCode == BlobErrorCode.LeaseIsBrokenAndCannotBeRenewed
            || errorCode == BlobErrorCode.LeaseIsBreakingAndCannotBeChanged
            || errorCode.StartsWith("LeaseIdMismatchWith", StringComparison.Ordinal)
            || errorCode.StartsWith(LeaseNotPresent, StringComparison.Ordinal)
            ? BlobLeaseOutcome.Lost
            : BlobLeaseOutcome.Unknown;
    }

    private static TimeSpan? ReadRetryAfter(RequestFailedException answer) =>
        answer.GetRawResponse() is { } response
        && response.Headers.TryGetValue(RetryAfterHeader, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string FirstLine(Exception exception) => exception.GetBaseException().Message.Split('\n')[0].TrimEnd('\r', '.', ' ');
}
