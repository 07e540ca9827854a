namespace Azker.Core.Webhook.Registration;

/// <summary>Keeps the receiver record where every instance of the bot finds it.</summary>
internal interface IReceiverRecordStore
{
    /// <returns>The record; <see langword="null"/> when there is none, or none that can be understood.</returns>
    Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the record. The caller holds the receiver lock.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    Task WriteAsync(ReceiverRecord record, CancellationToken cancellationToken);
}
