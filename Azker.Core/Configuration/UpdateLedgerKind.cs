namespace Azker.Core.Configuration;

/// <summary>Where it is kept which updates are handled.</summary>
public enum UpdateLedgerKind
{
    /// <summary>In memory: it ends with the process, after which updates that were handled may be handled again.</summary>
    Memory,

    /// <summary>In a file in <c>DATA_DIR</c>: for one machine.</summary>
    File,

    /// <summary>In a table of the storage account: for instances on several machines.</summary>
    Table,
}
