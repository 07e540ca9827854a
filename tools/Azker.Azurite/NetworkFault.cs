namespace Azker.Azurite;

/// <summary>What a <see cref="FaultProxy"/> does to what passes through it.</summary>
public enum NetworkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nobody listens, and open connections are reset.</summary>
    Refuse,

    /// <summary>Connections stay open and new ones are accepted, but nothing gets through in either direction.</summary>
    BlackHole,

    /// <summary>Requests arrive; their answers break off in the middle with a reset.</summary>
    ResetMidReply,

    /// <summary>Requests arrive; their answers come later by <see cref="FaultProxy.Delay"/>.</summary>
    DelayReply,

    /// <summary>Requests arrive; of their answers not a byte comes back.</summary>
    LoseReply,
}
