namespace Azker.Simulation.Network;

/// <summary>The state of a line or of a service.</summary>
internal enum LineState
{
    Sound,

    /// <summary>The other end refuses connections, and the caller gets an error.</summary>
    Refused,

    /// <summary>Neither requests nor answers arrive, and the caller gets no error.</summary>
    Silent,

    /// <summary>The server answers that it cannot serve.</summary>
    Failing,

    /// <summary>The server serves requests, and its answers do not arrive.</summary>
    RepliesLost,
}
