using Azker.BlobService;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Storage;

/// <summary>The connection of one process to the storage service, below the real SDK.</summary>
internal sealed class StorageHandler(LeaseService service, ProcessThread process, Line line, LeaseWatch watch) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LeaseCall call = await LeaseCall.FromAsync(request, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        watch.Asked(process, call);
        TimeSpan sentAt = process.World.Now;
        LeaseAnswer answer = await new Exchange<LeaseAnswer>(process, line)
            .SendAsync(exchange => exchange.Answer(Serve(call)), cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.None);
        watch.Confirmed(call, answer, sentAt);
        return answer.ToResponse(request);
    }

    private LeaseAnswer Serve(LeaseCall call)
    {
        if (line.IsFailing)
        {
            return new LeaseAnswer(503, "ServerBusy");
        }

        LeaseAnswer answer = service.Answer(call);
        if (call.Operation is not (LeaseCall.Renew or LeaseCall.Properties or LeaseCall.Read))
        {
            process.World.Trace.Add(process.World.Now, "storage", $"{call.Operation} {call.Blob} by {process}: {answer.Status} {answer.Error}");
        }

        return answer;
    }
}
