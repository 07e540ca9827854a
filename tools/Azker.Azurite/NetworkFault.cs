namespace Azker.Azurite;

/// <summary>A fault of a <see cref="FaultProxy"/>.</summary>
public enum NetworkFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The proxy does not listen, and has reset its open connections.</summary>
    Refuse,

    /// <summary>The proxy keeps and accepts connections, but passes on no byte in either direction.</summary>
    BlackHole,

    /// <summary>The proxy passes on requests, and cuts off their answers in the middle with a reset.</summary>
    ResetMidReply,

    /// <summary>The proxy passes on requests, and delays their answers by <see cref="FaultProxy.Delay"/>.</summary>
    DelayReply,

    /// <summary>The proxy passes on requests at <see cref="FaultProxy.BytesPerSecond"/>, and their answers at once.</summary>
    SlowRequests,

    /// <summary>
    /// The proxy delays requests and answers by <see cref="FaultProxy.Delay"/>, and a part of them, <see cref="FaultProxy.Loss"/>, by as
    /// much again, as TCP does with a segment that was lost.
    /// </summary>
    SlowNetwork,

    /// <summary>The proxy passes on requests, and no byte of their answers.</summary>
    LoseReply,
}
