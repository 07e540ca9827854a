using Azker.Core.Receiving;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Storage;

/// <summary>The receiver record, in the storage that all instances share.</summary>
internal sealed class SharedRecord(Bench bench, ProcessThread process, Line line) : IReceiverRecordStore
{
    public Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken) =>
        new Exchange<ReceiverRecord?>(process, line).SendAsync(exchange => exchange.Answer(bench.Record), cancellationToken);

    public Task WriteAsync(ReceiverRecord record, CancellationToken cancellationToken) => new Exchange<bool>(process, line).SendAsync(
        exchange =>
        {
            bench.Record = record;
            exchange.Answer(true);
        },
        cancellationToken);
}
