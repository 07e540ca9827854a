namespace Azker.BlobService;

/// <summary>The lease of one blob as the real service has it (Blob service, Lease Blob: the table of outcomes), in virtual time.</summary>
/// <remarks>Other than in Azurite, only the last holder can renew an expired lease.</remarks>
internal sealed class BlobLeaseState(TimeProvider time)
{
    private string? _id;
    private TimeSpan _duration;
    private DateTimeOffset _endsAt;
    private DateTimeOffset? _breaksAt;
    private bool _isModifiedSinceEnd;

    public string State => _id is null ? "available"
        : _breaksAt is { } breaksAt ? (time.GetUtcNow() < breaksAt ? "breaking" : "broken")
        : time.GetUtcNow() < _endsAt ? "leased" : "expired";

    public bool IsLocked => State is "leased" or "breaking";

    /// <summary>The ID of the lease; <see langword="null"/> when the blob is not leased.</summary>
    public string? LeaseId => IsLocked ? _id : null;

    public LeaseAnswer Apply(LeaseCall call) => call.Operation switch
    {
        LeaseCall.Acquire => Acquire(call["x-ms-proposed-lease-id"]!, call["x-ms-lease-duration"]!),
        LeaseCall.Renew => Renew(call["x-ms-lease-id"]!),
        LeaseCall.Change => Change(call["x-ms-lease-id"]!, call["x-ms-proposed-lease-id"]!),
        LeaseCall.Release => Release(call["x-ms-lease-id"]!),
        _ => Break(call["x-ms-lease-break-period"]),
    };

    /// <returns>The answer that refuses a write; <see langword="null"/> when the write is allowed.</returns>
    public LeaseAnswer? RefuseWrite(string? id) => (IsLocked, id) switch
    {
        (true, null) => new LeaseAnswer(412, "LeaseIdMissing"),
        (true, _) => Is(id) ? null : new LeaseAnswer(412, "LeaseIdMismatchWithBlobOperation"),
        (false, null) => null,
        _ => new LeaseAnswer(412, Is(id) && State is "expired" or "broken" ? "LeaseLost" : "LeaseNotPresentWithBlobOperation"),
    };

    public void Modified() => _isModifiedSinceEnd |= State == "expired";

    private LeaseAnswer Acquire(string id, string seconds)
    {
        int duration = int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture);
        if (!Guid.TryParse(id, out _) || (duration != -1 && duration is < 15 or > 60))
        {
            return new LeaseAnswer(400, "InvalidHeaderValue");
        }

        if (State == "breaking")
        {
            return new LeaseAnswer(409, Is(id) ? "LeaseIsBreakingAndCannotBeAcquired" : "LeaseAlreadyPresent");
        }

        if (State == "leased" && !Is(id))
        {
            return new LeaseAnswer(409, "LeaseAlreadyPresent");
        }

        (_id, _duration, _breaksAt) = (id, TimeSpan.FromSeconds(duration), null);
        Start();
        return Done(201);
    }

    private LeaseAnswer Renew(string id)
    {
        if (_id is null || !Is(id) || (State == "expired" && _isModifiedSinceEnd))
        {
            return new LeaseAnswer(409, "LeaseIdMismatchWithLeaseOperation");
        }

        if (_breaksAt is not null)
        {
            return new LeaseAnswer(409, "LeaseIsBrokenAndCannotBeRenewed");
        }

        Start();
        return Done(200);
    }

    private LeaseAnswer Change(string id, string proposed)
    {
        if (State != "leased")
        {
            return new LeaseAnswer(409, State == "breaking" ? "LeaseIsBreakingAndCannotBeChanged" : "LeaseNotPresentWithLeaseOperation");
        }

        if (!Is(id) && !Is(proposed))
        {
            return new LeaseAnswer(409, "LeaseIdMismatchWithLeaseOperation");
        }

        _id = proposed;
        return Done(200);
    }

    private LeaseAnswer Release(string id)
    {
        if (_id is null || !Is(id))
        {
            return new LeaseAnswer(409, "LeaseIdMismatchWithLeaseOperation");
        }

        (_id, _breaksAt) = (null, null);
        return Done(200);
    }

    private LeaseAnswer Break(string? period)
    {
        if (_id is null)
        {
            return new LeaseAnswer(409, "LeaseNotPresentWithLeaseOperation");
        }

        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset wanted = period is null ? _endsAt : now + TimeSpan.FromSeconds(int.Parse(period, System.Globalization.CultureInfo.InvariantCulture));
        _breaksAt ??= wanted < _endsAt ? wanted : _endsAt;
        return Done(202);
    }

    private void Start()
    {
        _endsAt = _duration < TimeSpan.Zero ? DateTimeOffset.MaxValue : time.GetUtcNow() + _duration;
        _isModifiedSinceEnd = false;
    }

    private LeaseAnswer Done(int status)
    {
        var answer = new LeaseAnswer(status);
        if (_id is not null)
        {
            answer.Headers["x-ms-lease-id"] = _id;
        }

        return answer;
    }

    private bool Is(string? id) => Guid.TryParse(id, out Guid asked) && Guid.TryParse(_id, out Guid held) && asked == held;
}
