using System.Globalization;
using Azker.BlobService;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Storage;

/// <summary>The connection of one process to the storage service, below the real SDK.</summary>
internal sealed class StorageHandler(LeaseService service, ProcessThread process, Line line, LeaseWatch watch, Journal journal) : HttpMessageHandler
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
        if (answer.Status is 201 or 202 && call.Operation is LeaseCall.Write or LeaseCall.Delete)
        {
            Tell(call.Blob.Split('/'), call.Operation == LeaseCall.Write);
        }

        if (call.Operation is not (LeaseCall.Renew or LeaseCall.Properties or LeaseCall.Read))
        {
            process.World.Trace.Add(process.World.Now, "storage", $"{call.Operation} {call.Blob} by {process}: {answer.Status} {answer.Error}");
        }

        return answer;
    }

    /// <summary>Tells the journal what has become of an update.</summary>
    private void Tell(string[] path, bool isWritten)
    {
        if (path is ["parked", _, var name])
        {
            journal.Parked(IdOf(name), isWritten, process.Name);
        }
        else if (path is ["dead-letters", _, var letter] && isWritten)
        {
            journal.SetAside(IdOf(letter));
        }
    }

    private static int IdOf(string name) => int.Parse(name.AsSpan(0, name.IndexOfAny(['-', '.'])), CultureInfo.InvariantCulture);
}
