namespace Azker.Core.Instances;

/// <summary>Keeps the periods in which instances received, each under its name. Every method throws <see cref="IOException"/> when the store cannot be used.</summary>
internal interface IReceiverPeriodStore
{
    /// <summary>Writes a period, or writes it again with its end.</summary>
    Task WriteAsync(ReceiverPeriod period, CancellationToken cancellationToken);

    /// <summary>Lists the names of the periods, in no order.</summary>
    Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken);

    /// <returns>The period; <see langword="null"/> when it does not exist or is not valid.</returns>
    Task<ReceiverPeriod?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a period, if it exists.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);
}
