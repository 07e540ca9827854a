using System.Globalization;
using System.Text;

namespace Azker.BlobService;

/// <summary>
/// The part of the Blob service that a lock needs, with the semantics of the real service, in virtual time. It answers one
/// request at a time.
/// </summary>
internal sealed class LeaseService(TimeProvider time)
{
    public const string Container = "azker";

    /// <summary>The time for which the real service refuses to create a container with the name of a deleted container.</summary>
    private static readonly TimeSpan DeletionTime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Blob> _blobs = [];
    private readonly List<(string Operation, int Status)> _served = [];
    private DateTimeOffset _containerGoneUntil;
    private int _version;

    public bool HasContainer { get; private set; } = true;

    public bool MayCreateContainer { get; set; } = true;

    /// <summary>The requests so far, each with the status of its answer.</summary>
    public IReadOnlyList<(string Operation, int Status)> Served
    {
        get
        {
            lock (_gate)
            {
                return [.. _served];
            }
        }
    }

    public int Count(string operation) => Served.Count(call => call.Operation == operation);

    public LeaseAnswer Answer(LeaseCall call)
    {
        lock (_gate)
        {
            LeaseAnswer answer = AnswerCore(call);
            answer.Headers["Date"] = Text(time.GetUtcNow());
            _served.Add((call.Operation, answer.Status));
            return answer;
        }
    }

    /// <summary>Replaces a blob by a new blob without a lease, even if the old blob is leased.</summary>
    public void Put(string name, byte[] body)
    {
        lock (_gate)
        {
            _blobs[name] = new Blob(body, NextETag(), time.GetUtcNow(), new BlobLeaseState(time));
        }
    }

    /// <summary>The content of a blob; <see langword="null"/> when the blob does not exist.</summary>
    public byte[]? Peek(string name)
    {
        lock (_gate)
        {
            return _blobs.GetValueOrDefault(name)?.Body;
        }
    }

    public string StateOf(string name)
    {
        lock (_gate)
        {
            return _blobs[name].Lease.State;
        }
    }

    /// <summary>The ID of the lease on a blob; <see langword="null"/> when the blob is not leased.</summary>
    public string? LeaseIdOf(string name)
    {
        lock (_gate)
        {
            return _blobs.GetValueOrDefault(name)?.Lease.LeaseId;
        }
    }

    /// <summary>Whether a blob exists whose name starts with a prefix.</summary>
    public bool HasAny(string prefix)
    {
        lock (_gate)
        {
            return _blobs.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
        }
    }

    public void DeleteBlob(string name)
    {
        lock (_gate)
        {
            _blobs.Remove(name);
        }
    }

    public void DeleteContainer()
    {
        lock (_gate)
        {
            HasContainer = false;
            _blobs.Clear();
            _containerGoneUntil = time.GetUtcNow() + DeletionTime;
        }
    }

    /// <summary>Removes the container without a trace, as if it had never existed.</summary>
    public void ForgetContainer()
    {
        DeleteContainer();
        _containerGoneUntil = default;
    }

    /// <summary>Applies a lease operation, as a client outside of the test does it.</summary>
    public LeaseAnswer Lease(string name, string operation, params (string Name, string Value)[] headers) => Answer(
        new LeaseCall(operation, Container, name, headers.ToDictionary(header => header.Name, header => header.Value), []));

    private LeaseAnswer AnswerCore(LeaseCall call)
    {
        if (call.Operation == LeaseCall.CreateContainer)
        {
            return CreateContainer();
        }

        if (!HasContainer)
        {
            return new LeaseAnswer(404, "ContainerNotFound");
        }

        if (call.Operation == LeaseCall.Write)
        {
            return Write(call);
        }

        if (call.Operation == LeaseCall.List)
        {
            return List(call);
        }

        if (!_blobs.TryGetValue(call.Blob, out Blob? blob))
        {
            return new LeaseAnswer(404, "BlobNotFound");
        }

        if (call["If-Match"] is { } expected && expected != blob.ETag)
        {
            return new LeaseAnswer(412, "ConditionNotMet");
        }

        return call.Operation switch
        {
            LeaseCall.Read or LeaseCall.Properties => Show(blob, call.Operation == LeaseCall.Read),
            LeaseCall.Delete => Delete(call, blob),
            _ => WithETag(blob.Lease.Apply(call), blob),
        };
    }

    private LeaseAnswer CreateContainer()
    {
        if (HasContainer)
        {
            return new LeaseAnswer(409, "ContainerAlreadyExists");
        }

        if (!MayCreateContainer)
        {
            return new LeaseAnswer(403, "AuthorizationPermissionMismatch");
        }

        if (time.GetUtcNow() < _containerGoneUntil)
        {
            return new LeaseAnswer(409, "ContainerBeingDeleted");
        }

        HasContainer = true;
        return new LeaseAnswer(201) { Headers = { ["ETag"] = NextETag(), ["Last-Modified"] = Text(time.GetUtcNow()) } };
    }

    private LeaseAnswer Write(LeaseCall call)
    {
        _blobs.TryGetValue(call.Blob, out Blob? blob);
        if (blob?.Lease.RefuseWrite(call["x-ms-lease-id"]) is { } refusal)
        {
            return refusal;
        }

        if (call["If-None-Match"] is not null && blob is not null)
        {
            return new LeaseAnswer(409, "BlobAlreadyExists");
        }

        if (call["If-Match"] is { } expected && expected != blob?.ETag)
        {
            return new LeaseAnswer(412, "ConditionNotMet");
        }

        blob?.Lease.Modified();
        _blobs[call.Blob] = blob = new Blob(call.Body, NextETag(), time.GetUtcNow(), blob?.Lease ?? new BlobLeaseState(time));
        return WithETag(new LeaseAnswer(201) { Headers = { ["x-ms-request-server-encrypted"] = "true" } }, blob);
    }

    private LeaseAnswer List(LeaseCall call)
    {
        IEnumerable<string> blobs = _blobs
            .Where(blob => blob.Key.StartsWith(call.Blob, StringComparison.Ordinal))
            .OrderBy(blob => blob.Key, StringComparer.Ordinal)
            .Select(blob => $"<Blob><Name>{blob.Key}</Name><Properties><Last-Modified>{Text(blob.Value.ModifiedAt)}</Last-Modified><Etag>{blob.Value.ETag.Trim('"')}</Etag><BlobType>BlockBlob</BlobType></Properties></Blob>");
        string xml = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ContainerName=\"{call.Container}\"><Blobs>{string.Concat(blobs)}</Blobs><NextMarker /></EnumerationResults>";
        return new LeaseAnswer(200) { Body = Encoding.UTF8.GetBytes(xml), Headers = { ["Content-Type"] = "application/xml" } };
    }

    private LeaseAnswer Delete(LeaseCall call, Blob blob)
    {
        if (blob.Lease.RefuseWrite(call["x-ms-lease-id"]) is { } refusal)
        {
            return refusal;
        }

        _blobs.Remove(call.Blob);
        return new LeaseAnswer(202);
    }

    private static LeaseAnswer Show(Blob blob, bool hasBody)
    {
        var answer = new LeaseAnswer(200) { Body = hasBody ? blob.Body : [] };
        answer.Headers["Content-Length"] = blob.Body.Length.ToString(CultureInfo.InvariantCulture);
        answer.Headers["Content-Type"] = "application/json";
        answer.Headers["x-ms-blob-type"] = "BlockBlob";
        answer.Headers["x-ms-lease-state"] = blob.Lease.State;
        answer.Headers["x-ms-lease-status"] = blob.Lease.IsLocked ? "locked" : "unlocked";
        return WithETag(answer, blob);
    }

    private static LeaseAnswer WithETag(LeaseAnswer answer, Blob blob)
    {
        answer.Headers["ETag"] = blob.ETag;
        answer.Headers["Last-Modified"] = Text(blob.ModifiedAt);
        return answer;
    }

    private static string Text(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    private string NextETag() => string.Create(CultureInfo.InvariantCulture, $"\"0x{++_version:X8}\"");

    private sealed record Blob(byte[] Body, string ETag, DateTimeOffset ModifiedAt, BlobLeaseState Lease);
}
