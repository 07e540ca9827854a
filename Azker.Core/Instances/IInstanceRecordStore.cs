namespace Azker.Core.Instances;

/// <summary>Keeps the records of the instances of a bot, beside the receiver record.</summary>
internal interface IInstanceRecordStore
{
    /// <summary>How often an instance writes its record: a compromise between its freshness and the cost of a write.</summary>
    TimeSpan Interval { get; }

    /// <summary>Writes the record of this instance in place of the one before.</summary>
    /// <exception cref="IOException">The record cannot be written.</exception>
    Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken);

    /// <summary>Lists the records, in no order. A record that cannot be read is left out.</summary>
    /// <exception cref="IOException">The records cannot be listed.</exception>
    IAsyncEnumerable<InstanceRecord> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes the record of an instance, if there is one.</summary>
    /// <exception cref="IOException">The record cannot be removed.</exception>
    Task RemoveAsync(string instance, CancellationToken cancellationToken);
}
