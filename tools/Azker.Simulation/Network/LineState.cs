namespace Azker.Simulation.Network;

/// <summary>What becomes of what is sent over a line.</summary>
internal enum LineState
{
    Sound,

    /// <summary>Nobody answers at the other end, and the caller learns it.</summary>
    Refused,

    /// <summary>Nothing arrives, and nobody learns it.</summary>
    Silent,

    /// <summary>The server answers that it cannot serve.</summary>
    Failing,

    /// <summary>Requests arrive and are served; their answers do not come back.</summary>
    RepliesLost,
}
