namespace Azker.Core.Configuration;

/// <summary>Where Azker records which updates were handled.</summary>
public enum UpdateLedgerKind
{
    /// <summary>In memory: the record ends with the process, and updates that were handled may be handled again.</summary>
    Memory,

    /// <summary>In an SQLite database in <c>DATA_DIR</c>: for one machine, where several processes may use it at once.</summary>
    File,

    /// <summary>In a table of the storage account: for instances on several machines.</summary>
    Table,
}
