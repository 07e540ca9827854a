namespace Azker.Core.Webhook.Registration;

/// <summary>Keeps the receiver record, for all instances of the bot.</summary>
internal interface IReceiverRecordStore
{
    /// <returns>The record; <see langword="null"/> when it does not exist or is not valid.</returns>
    Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the record. The caller holds the receiver lock.</summary>
    /// <exception cref="IOException">The record could not be written.</exception>
    Task WriteAsync(ReceiverRecord record, CancellationToken cancellationToken);
}
