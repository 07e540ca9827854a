param location string
param tags object
param suffix string
param alertEmail string

@description('The most that Log Analytics takes in a day, in GB. It bounds the cost; what comes later that day is dropped.')
param dailyQuotaGb int = 1

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-azker-${suffix}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-azker-${suffix}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: 'ag-azker-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'azker'
    emailReceivers: [{ name: 'operator', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

module alerts '../docs/dashboard/azure-monitor-alerts.json' = {
  params: {
    applicationInsightsId: applicationInsights.id
    actionGroupIds: empty(alertEmail) ? [] : [people.id]
    location: location
  }
}

output applicationInsightsName string = applicationInsights.name
output workspaceName string = workspace.name
