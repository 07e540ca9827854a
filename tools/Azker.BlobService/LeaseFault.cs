namespace Azker.BlobService;

internal enum LeaseFaultKind
{
    /// <summary>The request does not arrive and the connection says so.</summary>
    Refused,

    /// <summary>The name of the service cannot be resolved.</summary>
    Unresolved,

    /// <summary>The request does not arrive and nothing is said.</summary>
    Silence,

    /// <summary>The request is served; its answer is lost and nothing is said.</summary>
    LostReply,

    /// <summary>The request is served; its answer is cut off by a reset.</summary>
    Reset,

    /// <summary>The request is served at once; its answer comes later.</summary>
    LateReply,

    /// <summary>The service answers an error and does nothing.</summary>
    Error,
}

/// <summary>What goes wrong with a request.</summary>
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
