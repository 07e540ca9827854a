using Azker.BlobService;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>Knows from the requests and answers which process has the lease, and until when its own deadline lets that process act.</summary>
internal sealed class LeaseWatch(World world, LeaseService service, string blob, TimeSpan deadline)
{
    private readonly Dictionary<string, ProcessThread> _owners = [];
    private readonly Dictionary<string, TimeSpan> _deadlines = [];

    /// <summary>Records the request of a process for a lease with its own ID.</summary>
    public void Asked(ProcessThread process, LeaseCall call)
    {
        if (call.Operation == LeaseCall.Acquire && call["x-ms-proposed-lease-id"] is { } id)
        {
            _owners[id] = process;
        }
    }

    /// <summary>Records the answer from which a process learns that it has taken or renewed its lease.</summary>
    public void Confirmed(LeaseCall call, LeaseAnswer answer, TimeSpan sentAt)
    {
        if (answer.Status is not (200 or 201) || call.Blob != blob)
        {
            return;
        }

        if (call.Operation == LeaseCall.Acquire)
        {
            _deadlines[call["x-ms-proposed-lease-id"]!] = sentAt + deadline;
        }
        else if (call.Operation == LeaseCall.Renew && call["x-ms-lease-id"] is { } id && _deadlines.TryGetValue(id, out TimeSpan current) && world.Now < current)
        {
            _deadlines[id] = sentAt + deadline;
        }
    }

    /// <returns>The ID of the lease that a process has now; <see langword="null"/> for none.</returns>
    public string? LeaseOf(ProcessThread process) =>
        service.LeaseIdOf(blob) is { } id && _owners.GetValueOrDefault(id) == process ? id : null;

    /// <returns>The reason why a process may not act as the holder; <see langword="null"/> when it may.</returns>
    public string? Refuses(ProcessThread process)
    {
        string? id = service.LeaseIdOf(blob);
        ProcessThread? owner = id is null ? null : _owners.GetValueOrDefault(id);
        if (owner != process)
        {
            return owner is null ? "no process has the lock" : $"{owner} has the lock";
        }

        return world.Now > _deadlines.GetValueOrDefault(id!) ? "its own deadline has passed" : null;
    }
}
