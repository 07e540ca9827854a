param location string
param tags object
param suffix string

var deploymentContainerName = 'app-package'

// The account has no keys in use: each program signs in with its identity.
resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'stazker${suffix}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployment 'containers' = {
      name: deploymentContainerName
      properties: { publicAccess: 'None' }
    }
  }
}

output accountName string = account.name
output deploymentContainer string = deploymentContainerName
