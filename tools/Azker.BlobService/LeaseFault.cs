namespace Azker.BlobService;

internal enum LeaseFaultKind
{
    /// <summary>The connection of the request is refused.</summary>
    Refused,

    /// <summary>The name of the service cannot be resolved.</summary>
    Unresolved,

    /// <summary>The request does not arrive, and the client gets no error.</summary>
    Silence,

    /// <summary>The service serves the request; the answer is lost, and the client gets no error.</summary>
    LostReply,

    /// <summary>The service serves the request; a reset cuts off the answer.</summary>
    Reset,

    /// <summary>The service serves the request at once; the answer arrives later.</summary>
    LateReply,

    /// <summary>The service answers an error and does not serve the request.</summary>
    Error,
}

/// <summary>The fault of a request.</summary>
internal sealed record LeaseFault(LeaseFaultKind Kind)
{
    public static readonly LeaseFault Refused = new(LeaseFaultKind.Refused);
    public static readonly LeaseFault Unresolved = new(LeaseFaultKind.Unresolved);
    public static readonly LeaseFault Silence = new(LeaseFaultKind.Silence);
    public static readonly LeaseFault LostReply = new(LeaseFaultKind.LostReply);
    public static readonly LeaseFault Reset = new(LeaseFaultKind.Reset);

    public TimeSpan Delay { get; private init; }

    public LeaseAnswer Answer { get; private init; } = new(500);

    public static LeaseFault Late(TimeSpan delay) => new(LeaseFaultKind.LateReply) { Delay = delay };

    public static LeaseFault Error(int status, string? code = null, int? retryAfter = null)
    {
        var answer = new LeaseAnswer(status, code);
        if (retryAfter is { } seconds)
        {
            answer.Headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return new LeaseFault(LeaseFaultKind.Error) { Answer = answer };
    }
}
